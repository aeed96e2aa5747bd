-- Starts the Launchnix language server for Nix files. For Neovim 0.11 or newer: see editors/README.md.
return {
  cmd = { "launchnix", "lsp" },
  filetypes = { "nix" },
  root_markers = { "deployment.nix", "flake.nix", ".git" },
}
