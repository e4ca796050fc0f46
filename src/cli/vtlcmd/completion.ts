// SPDX-License-Identifier: GPL-2.0-or-later
// `vtlcmd completion bash|zsh|fish`: made from the commands there are, so that it never falls behind.
import type { Command } from 'commander';
import { WORDS, type Word } from '../../ipc/words.js';
import { productRows } from '../../personality/products-table.js';
import { Failure } from './failure.js';
import { presets } from './presets.js';

/** What can follow the words before it, as `load` and `map` after `10`; keys are words joined by blanks. */
type Tree = ReadonlyMap<string, readonly string[]>;

/** What follows a unit's number. */
function unitTree(): Tree {
  const tree = new Map<string, Set<string>>();
  const add = (path: string, next: string): void => {
    tree.set(path, (tree.get(path) ?? new Set()).add(next));
  };
  for (const { text, arguments: args } of WORDS as readonly Word[]) {
    const words = text.split(' ');
    words.forEach((word, i) => {
      add(words.slice(0, i).join(' '), word);
    });
    for (const choice of args[0]?.choices ?? []) add(text, choice);
  }
  return new Map([...tree].map(([path, next]) => [path, [...next]]));
}

const commandsOf = (program: Command): string[] =>
  program.commands.map((each) => each.name()).filter((name) => name !== 'completion');

/** Options and commands below a command. */
const partsOf = (command: Command): string[] => [
  ...command.commands.map((each) => each.name()),
  ...command.options.flatMap(({ long }) => (long ? [long] : [])),
];

/** The values options can have; those with blanks would be several words to a shell. */
const values: Readonly<Record<string, string[]>> = {
  '--preset': Object.keys(presets),
  '--product': productRows.flatMap(({ products }) => products).filter((each) => !/\s/.test(each)),
};

/** What can follow each command, and each option with values that are known. */
function programTree(command: Command, path: readonly string[] = []): [string, string[]][] {
  return command.commands.flatMap((each) => {
    const own = [...path, each.name()];
    const choices = each.options.flatMap(({ long }): [string, string[]][] => {
      const known = values[long ?? ''];
      return known ? [[`${own.join(' ')} ${long}`, known]] : [];
    });
    return [[own.join(' '), partsOf(each)], ...choices, ...programTree(each, own)];
  });
}

/**
 * What is looked up is the command with its commands, and behind an option that option: `add drive --product`. zsh runs it, too:
 * `path` is not free there.
 */
function bash(program: Command): string {
  const cases = (tree: Iterable<readonly [string, readonly string[]]>): string =>
    [...tree].map(([path, next]) => `    '${path}') words='${next.join(' ')}' ;;`).join('\n');
  const nested = program.commands.filter((each) => each.commands.length > 0);
  return `# bash completion for vtlcmd; made by "vtlcmd completion bash"
_vtlcmd() {
  local cur=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} words='' said
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="$(vtlcmd list 2>/dev/null | awk 'NR > 1 { print $1 }') library ${commandsOf(program).join(' ')}"
  elif [[ \${COMP_WORDS[1]} =~ ^([0-9]+|library)$ ]]; then
    case "\${COMP_WORDS[*]:2:$((COMP_CWORD - 2))}" in
${cases(unitTree())}
    esac
  else
    said=\${COMP_WORDS[1]}
    case "$said" in
    ${nested.map((each) => each.name()).join(' | ')}) [ "$COMP_CWORD" -eq 2 ] || said="$said \${COMP_WORDS[2]}" ;;
    esac
    case "$said $before" in
${cases(programTree(program).filter(([each]) => each.includes(' --')))}
    *)
      case "$said" in
${cases(programTree(program).filter(([each]) => !each.includes(' --')))}
      esac ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -F _vtlcmd vtlcmd
`;
}

const zsh = (program: Command): string => `#compdef vtlcmd
# zsh completion for vtlcmd; made by "vtlcmd completion zsh"
autoload -U +X bashcompinit && bashcompinit
${bash(program)}`;

/** One word for fish. */
const quoted = (text: string): string => `'${text.replace(/['\\]/g, '\\$&')}'`;

function fish(program: Command): string {
  const units = '(vtlcmd list 2>/dev/null | awk "NR > 1 { print \\$1 }")';
  const own = program.commands.map(
    (each) =>
      `complete -c vtlcmd -f -n __fish_use_subcommand -a ${each.name()} -d ${quoted(each.description())}`,
  );
  const options = programTree(program).flatMap(([path, next]) => {
    const seen = path
      .split(' ')
      .map((each) =>
        each.startsWith('--')
          ? `__fish_prev_arg_in ${each}`
          : `__fish_seen_subcommand_from ${each}`,
      )
      .join('; and ');
    return next.map((part) =>
      part.startsWith('--')
        ? `complete -c vtlcmd -f -n '${seen}' -l ${part.slice(2)}`
        : `complete -c vtlcmd -f -n '${seen}' -a '"${part}"'`,
    );
  });
  const words = (WORDS as readonly Word[]).map(
    ({ text, doc }) =>
      `complete -c vtlcmd -f -n 'string match -qr "^(vtlcmd) ([0-9]+|library)" (commandline)' -a '"${text}"' -d ${quoted(doc)}`,
  );
  return [
    '# fish completion for vtlcmd; made by "vtlcmd completion fish"',
    `complete -c vtlcmd -f -n __fish_use_subcommand -a '${units}'`,
    ...own,
    ...options,
    ...words,
    '',
  ].join('\n');
}

const shells: Readonly<Record<string, (program: Command) => string>> = { bash, zsh, fish };

export function addCompletion(program: Command, print: (text: string) => void): void {
  program
    .command('completion <shell>')
    .description('print the completion for bash, zsh or fish')
    .action((shell: string) => {
      const make = shells[shell];
      if (!make) throw new Failure(`No completion for ${shell}: bash, zsh or fish`);
      print(make(program).trimEnd());
    });
}
