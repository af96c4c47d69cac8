const vscode = require('vscode');

/** For the bundled chat extension to wake up and a model to be known, in milliseconds. */
const [EVERY, ATTEMPTS] = [250, 120];

/** Has the chat ready for the scripted model: the bundled chat extension is idle until somebody looks at the models. */
async function wakeChat() {
  await vscode.commands.executeCommand('workbench.action.chat.manage');
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const isAwake = vscode.extensions.getExtension('GitHub.copilot-chat')?.isActive === true;
    if (isAwake && (await vscode.lm.selectChatModels({ vendor: 'headless-gmail-tests' })).length > 0) break;
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
  await vscode.commands.executeCommand('workbench.action.closeModalEditor');
}

/** Runs the command that a person would run first, in each window that opens. */
exports.activate = async () => {
  await wakeChat();
  await vscode.commands.executeCommand('headlessGmail.trySandbox');
};
