// SPDX-License-Identifier: GPL-2.0-or-later
// Fills npm/node_modules in a source tree with what building the programs needs, of the versions and checksums of the
// lock file: the source component `npm` of the Debian source package and Source1 of the rpm. Types, tests and style
// checks are left out. usage: npm-component.mjs SOURCE-TREE
import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Development packages the build itself uses. */
const tools = ['esbuild', 'node-addon-api', 'node-gyp'];
/** esbuild is a program; one for each architecture that packages are built on. */
const esbuildPrograms = ['@esbuild/linux-x64', '@esbuild/linux-arm64'];

const tree = path.resolve(process.argv[2] ?? '.');
const read = (file) => JSON.parse(fs.readFileSync(path.join(tree, file), 'utf8'));
const { name, version, dependencies, devDependencies, overrides } = read('package.json');

const locked = (wanted) => Object.fromEntries(tools.map((tool) => [tool, wanted[tool]]));
const esbuildVersion = read('package-lock.json').packages['node_modules/esbuild'].version;
const manifest = {
  name,
  version,
  private: true,
  dependencies: { ...dependencies, ...locked(devDependencies) },
  optionalDependencies: Object.fromEntries(esbuildPrograms.map((each) => [each, esbuildVersion])),
  ...(overrides ? { overrides } : {}),
};

const folder = path.join(tree, 'npm');
fs.mkdirSync(folder, { recursive: true });
fs.writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
// Versions are those of the project's lock file; npm only drops what this manifest does not need.
fs.copyFileSync(path.join(tree, 'package-lock.json'), path.join(folder, 'package-lock.json'));
for (const local of ['vendor', 'test/tools/vendor'])
  if (fs.existsSync(path.join(tree, local)))
    fs.cpSync(path.join(tree, local), path.join(folder, local), { recursive: true });
const npm = (...words) =>
  execFileSync('npm', [...words, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
npm('install', '--package-lock-only', '--prefer-offline');
npm('ci', '--prefer-offline', '--force', '--os=linux', '--cpu=x64');
for (const program of esbuildPrograms) {
  if (fs.existsSync(path.join(folder, 'node_modules', program))) continue;
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--json', `${program}@${esbuildVersion}`], { cwd: folder }),
  );
  const place = path.join(folder, 'node_modules', program);
  fs.mkdirSync(place, { recursive: true });
  const archive = path.join(folder, packed.filename.replace('@', '').replace('/', '-'));
  const { integrity } = read('package-lock.json').packages[`node_modules/${program}`] ?? {};
  if (integrity && integrity !== packed.integrity)
    throw new Error(`${program} is not the one of the lock file`);
  execFileSync('tar', ['-xzf', archive, '-C', place, '--strip-components=1']);
  fs.rmSync(archive);
}
// What npm wrote for itself differs from run to run.
fs.rmSync(path.join(folder, 'node_modules/.package-lock.json'), { force: true });
