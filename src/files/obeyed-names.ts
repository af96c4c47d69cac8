/** Names that coding agents, editors and build tools look for by themselves, and then do what stands in the file. */
const OBEYED = new Set(
  [
    // Instructions for agents (https://agents.md, and the documentation of each).
    'agents.md agents.override.md agent.md claude.md claude.local.md gemini.md skill.md copilot-instructions.md',
    'codex.md qwen.md warp.md crush.md replit.md jules.md conventions.md guidelines.md constitution.md memory.md',
    'soul.md tools.md user.md identity.md heartbeat.md bootstrap.md llms.txt llms-full.txt system.md',
    'cursorrules windsurfrules clinerules roorules goosehints rules cursorignore',
    // Servers, hooks and settings of agents and editors.
    'mcp.json mcp_config.json mcp-config.json claude_desktop_config.json settings.json settings.local.json',
    'tasks.json launch.json extensions.json keybindings.json hooks.json plugin.json marketplace.json manifest.json',
    'opencode.json crush.json config.json cli-config.json devcontainer.json devcontainer-lock.json argv.json',
    'c_cpp_properties.json cmakepresets.json cmakeuserpresets.json',
    // What build tools and package managers run.
    'package.json package-lock.json npm-shrinkwrap.json composer.json composer.lock deno.json deno.jsonc bun.lock',
    'tsconfig.json jsconfig.json lerna.json nx.json turbo.json rush.json project.json workspace.json bower.json',
    'firebase.json vercel.json netlify.json angular.json biome.json app.json eas.json global.json',
    'requirements.txt constraints.txt cmakelists.txt robots.txt pom.xml build.xml nuget.xml',
    'makefile gnumakefile bsdmakefile kbuild dockerfile containerfile vagrantfile gemfile rakefile procfile justfile',
    'jenkinsfile brewfile podfile guardfile fastfile appfile cakefile tiltfile earthfile snakefile sconstruct',
    'sconscript build workspace meson.build pipfile pkgbuild pre-commit post-checkout post-merge pre-push',
    // What shells, ssh and git read.
    'env envrc config hosts crontab authorized_keys authorized_keys2 known_hosts rc profile bashrc zshrc gitconfig',
    'npmrc pypirc netrc gitattributes gitmodules',
  ].flatMap((line) => line.split(' ')),
);

/** Files of which the end of the name says so: `x.instructions.md`, `x.prompt.md`, `tsconfig.app.json`. */
const OBEYED_PATTERN =
  /\.(?:instructions|prompts?|chatmode|agents?|skill|rules?|mode|command|workflow|config)\.(?:md|markdown|txt|json)$|^(?:agents?|claude|gemini|tsconfig|jsconfig|requirements)[.-][^.]*\.(?:md|txt|json)$|rc\.json$/;

/**
 * Whether an agent or a tool would obey a file of this name. Some file systems take letters for the same that look
 * much alike (case, the Kelvin sign, the long s), so the name is compared as such a system would.
 */
export function isObeyed(name: string): boolean {
  const plain = name.normalize('NFKC').toUpperCase().toLowerCase();
  return OBEYED.has(plain) || OBEYED_PATTERN.test(plain);
}
