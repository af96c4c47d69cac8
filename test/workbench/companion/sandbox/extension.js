const vscode = require('vscode');

/** Runs the command that a person would run first, in each window that opens. */
exports.activate = () => vscode.commands.executeCommand('headlessGmail.trySandbox');
