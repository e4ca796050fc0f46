// SPDX-License-Identifier: GPL-2.0-or-later
// Who may import whom in src/, stated once; ARCHITECTURE.md draws the same picture.

/** Folder -> folders it may import from (itself and its own files always). */
export const allowedImports: Readonly<Record<string, readonly string[]>> = {
  bytes: [],
  medium: ['bytes', 'addon'],
  sam: ['bytes'],
  spc: ['bytes', 'sam'],
  ssc: ['bytes', 'sam', 'spc', 'medium'],
  smc: ['bytes', 'sam', 'spc'],
  personality: ['bytes', 'sam', 'spc', 'ssc', 'smc', 'medium'],
  addon: [],
  port: ['bytes', 'sam', 'addon'],
  ipc: ['bytes', 'addon'],
  config: [],
  dbus: [],
  faults: ['sam', 'ssc', 'medium', 'ipc'],
  daemon: [
    'bytes',
    'sam',
    'spc',
    'ssc',
    'smc',
    'medium',
    'personality',
    'port',
    'ipc',
    'config',
    'addon',
    'dbus',
    'faults',
  ],
  cli: ['bytes', 'medium', 'ssc', 'personality', 'ipc', 'config', 'addon', 'dbus', 'faults'],
};

/** Folders whose code is pure: no file, socket, clock, environment or package in them. */
export const pure: readonly string[] = ['bytes', 'sam', 'spc', 'ssc', 'smc', 'personality'];

export interface Violation {
  readonly file: string;
  readonly specifier: string;
  readonly rule: string;
}

const importPattern =
  /\b(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(?\s*['"]([^'"]+)['"]/g;

/** Module specifiers a source file imports. */
export const specifiersOf = (source: string): string[] =>
  [...source.matchAll(importPattern)].map((match) => (match[1] ?? match[2])!);

/** Node globals that reach outside the process' own computation. */
const impurity = /\b(process\.|Date\.now|new Date\(|Math\.random|setTimeout|setInterval|console\.)/;

/**
 * What a file breaks.
 * @param file path below src/, e.g. `ssc/read.ts`
 */
export function violations(file: string, source: string): Violation[] {
  const folder = file.includes('/') ? file.slice(0, file.indexOf('/')) : '';
  const found: Violation[] = [];
  const allowed = allowedImports[folder];
  if (folder !== '' && !allowed)
    return [{ file, specifier: '', rule: `no rule for folder src/${folder}: add one` }];
  for (const specifier of specifiersOf(source)) {
    if (!specifier.startsWith('.')) {
      if (pure.includes(folder))
        found.push({ file, specifier, rule: `src/${folder} is pure: nothing from outside src/` });
      continue;
    }
    const target = new URL(specifier, `file:///src/${file}`).pathname.slice('/src/'.length);
    const targetFolder = target.includes('/') ? target.slice(0, target.indexOf('/')) : '';
    if (targetFolder === folder || targetFolder === '' || !allowed) continue;
    if (!allowed.includes(targetFolder))
      found.push({ file, specifier, rule: `src/${folder} may not import src/${targetFolder}` });
  }
  const code = source.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  const impure = pure.includes(folder) && impurity.exec(code);
  if (impure)
    found.push({
      file,
      specifier: impure[0],
      rule: `src/${folder} is pure: no clock, environment or console`,
    });
  return found;
}
