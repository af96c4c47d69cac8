const fs = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

const MODEL = {
  id: 'scripted-1',
  name: 'Scripted One',
  family: 'scripted',
  version: '1',
  maxInputTokens: 100_000,
  maxOutputTokens: 4000,
  isUserSelectable: true,
  isDefault: true,
  capabilities: { toolCalling: true, imageInput: false },
};

// Parts are told by their shape: those of an older chat can be of another class than the ones that we import.
const isResult = (part) => part.callId !== undefined && Array.isArray(part.content);
const isCall = (part) => part.callId !== undefined && part.name !== undefined;
const plainText = (part) => (typeof part.value === 'string' ? part.value : '');
const resultText = (part) => part.content.map(plainText).join('');
const textOf = (message) => message.content.map(plainText).join('\n');

/** The user's last prompt, what came after it, and how many steps have been made since. */
function readTurn(messages) {
  let start = -1;
  let prompt = '';
  messages.forEach((message, index) => {
    const request = textOf(message).match(/<userRequest>\s*([\s\S]*?)\s*<\/userRequest>/);
    if (message.role !== vscode.LanguageModelChatMessageRole.User || !request) return;
    start = index;
    prompt = request[1];
  });
  const after = messages.slice(start + 1);
  return {
    prompt,
    step: after.filter((message) => message.content.some(isCall)).length,
    results: after.flatMap((message) => message.content.filter(isResult)).map(resultText),
  };
}

/** Puts the results into the texts of a step, and what a call is made for. */
function fill(value, results, found = '') {
  const all = results.join(' || ');
  if (Array.isArray(value)) return value.map((each) => fill(each, results, found));
  if (value && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(each, results, found)]));
  }
  if (typeof value !== 'string') return value;
  return value
    .replaceAll('{{each}}', () => found)
    .replace(/\{\{\/(.+?)\/\}\}/g, (_, source) => [...all.matchAll(new RegExp(source, 'g'))].at(-1)?.[1] ?? 'NO MATCH')
    .replaceAll('{{results}}', () => all);
}

/** A call with `each` is made anew for everything that this expression's first group matches in the results. */
function callsOf({ each, ...call }, results) {
  if (each === undefined) return [fill(call, results)];
  const found = new Set([...results.join('\n').matchAll(new RegExp(each, 'g'))].map(([, group]) => group));
  return [...found].map((one) => fill(call, results, one));
}

/** What the script says to do now: a text, tool calls, or both. */
function decide({ prompt, step, results }, tools, rules) {
  const wanted = rules.find((rule) => prompt.includes(rule.match))?.steps[step];
  if (!wanted) return { text: `NO STEP ${step} FOR: ${prompt}`, calls: [] };
  const { say = '', text = '' } = fill(wanted, results);
  const calls = (wanted.calls ?? []).flatMap((call) => callsOf(call, results));
  const named = calls.map((call) => ({
    input: call.input ?? {},
    name: tools.find((name) => name.endsWith(call.tool)),
  }));
  const missing = calls.filter((_, index) => !named[index].name).map((call) => call.tool);
  if (missing.length > 0) return { text: `NOT OFFERED: ${missing.join(', ')}`, calls: [] };
  return { text: say + text, calls: named };
}

exports.activate = (context) => {
  const folder = process.env.WORKBENCH_COMPANION_FOLDER;
  if (!folder) return;
  const script = path.join(folder, 'model-script.json');
  const trace = path.join(folder, 'model-trace.jsonl');
  let calls = 0;

  const respond = async (_model, messages, options, progress) => {
    const turn = readTurn(messages);
    const tools = options.tools ?? [];
    const rules = fs.existsSync(script) ? JSON.parse(fs.readFileSync(script, 'utf8')) : [];
    const names = tools.map((tool) => tool.name);
    const reply = decide(turn, names, rules);
    const mcp = tools.filter((tool) => tool.name.startsWith('mcp_'));
    const received = messages.map(textOf).join('\n');
    fs.appendFileSync(trace, `${JSON.stringify({ at: Date.now(), ...turn, tools: names, mcp, received, reply })}\n`);
    if (reply.text) progress.report(new vscode.LanguageModelTextPart(reply.text));
    for (const { name, input } of reply.calls) {
      // Unique over restarts of this process, since an older chat's calls may be in the same list.
      progress.report(new vscode.LanguageModelToolCallPart(`call-${process.pid}-${++calls}`, name, input));
    }
  };

  context.subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider('headless-gmail-tests', {
      provideLanguageModelChatInformation: async () => [MODEL],
      provideLanguageModelChatResponse: respond,
      provideTokenCount: async (_model, text) => Math.ceil((typeof text === 'string' ? text : textOf(text)).length / 4),
    }),
  );
};
