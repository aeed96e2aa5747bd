// Starts `launchnix lsp` for Nix files. Everything else is the language server's work.
"use strict";

const { workspace, window } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

exports.activate = async function () {
  const command = workspace.getConfiguration("launchnix").get("path", "launchnix");
  const server = { command, args: ["lsp"], transport: TransportKind.stdio };
  const options = { documentSelector: [{ scheme: "file", language: "nix" }] };
  client = new LanguageClient("launchnix", "Launchnix", server, options);
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    window.showErrorMessage(`Launchnix: \`${command} lsp\` did not start (${error.message}); see the setting launchnix.path.`);
  }
};

exports.deactivate = function () {
  return client?.stop();
};
