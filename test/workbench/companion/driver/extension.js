const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');
const vscode = require('vscode');

const AsyncFunction = (async () => {}).constructor;

/** Evaluates the function that a test sent, and answers its value or its failure. */
async function evaluate(body) {
  try {
    const { source, arg } = JSON.parse(body);
    const call = new AsyncFunction('vscode', 'arg', 'require', `return (${source})(vscode, arg, require)`);
    return JSON.stringify({ value: await call(vscode, arg, require) });
  } catch (error) {
    return JSON.stringify({ error: String(error?.stack ?? error) });
  }
}

function onRequest(token, request, response) {
  if (request.headers.authorization !== `Bearer ${token}`) {
    response.writeHead(403).end();
    return;
  }
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', async () => {
    const answer = await evaluate(Buffer.concat(chunks).toString('utf8'));
    response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
  });
}

exports.activate = (context) => {
  const folder = process.env.WORKBENCH_COMPANION_FOLDER;
  const token = process.env.WORKBENCH_COMPANION_TOKEN;
  if (!folder || !token) return { pid: process.pid };
  const file = path.join(folder, `driver-${process.pid}.json`);
  const server = http.createServer((request, response) => onRequest(token, request, response));
  server.listen(0, '127.0.0.1', () => {
    const opened = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const announcement = { pid: process.pid, port: server.address().port, folder: opened, at: Date.now() };
    // Written beside and renamed, so that nobody reads half of it.
    fs.writeFileSync(`${file}.part`, JSON.stringify(announcement));
    fs.renameSync(`${file}.part`, file);
  });
  context.subscriptions.push({
    dispose: () => {
      fs.rmSync(file, { force: true });
      server.close();
    },
  });
  return { pid: process.pid };
};
