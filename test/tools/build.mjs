// SPDX-License-Identifier: GPL-2.0-or-later
// Builds everything that runs from source into build/bin: the programs (one file each) and mhvtl.node.
// With sources of other programs as arguments, tests for the lab, it builds those, into build/test, and mhvtl.node.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { writeComponents } from './components.mjs';

const require = createRequire(import.meta.url);
const root = fileURLToPath(new URL('../..', import.meta.url));
const out = path.join(root, 'build/bin');
const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));

/** Writes an executable file at once: whoever runs the old one keeps the old one. */
function install(file, contents) {
  const fresh = `${file}.${process.pid}`;
  fs.writeFileSync(fresh, contents);
  fs.chmodSync(fresh, 0o755);
  fs.renameSync(fresh, file);
}

/** Source files of the programs; each becomes build/bin/<its name without .ts>. */
function programs() {
  const commands = fs.existsSync(path.join(root, 'src/cli'))
    ? fs.readdirSync(path.join(root, 'src/cli')).filter((name) => name.endsWith('.ts'))
    : [];
  return [
    ...commands.map((name) => `src/cli/${name}`),
    'src/daemon/vtltape.ts',
    'src/daemon/vtllibrary.ts',
  ].filter((file) => fs.existsSync(path.join(root, file)));
}

/**
 * Options node must get on its command line. V8's memory reducer wakes an idle process every eight seconds for
 * minutes; it is set up before any program could switch it off. A daemon that does nothing makes no system call.
 * Threads to help with collections would cost more than they do; when a daemon
 * has started it collects some times, by itself (src/daemon/tidy.ts), and moves together what is left: a tenth of the heap
 * was holes.
 */
const daemonOptions = [
  '--no-memory-reducer',
  '--single-threaded-gc',
  '--expose-gc',
  '--compact-on-every-full-gc',
  '--v8-pool-size=1',
];
const nodeOptions = (source) => (source.startsWith('src/daemon/') ? daemonOptions : []);

/** The first line: the kernel hands all of it to env as one word, which -S splits. */
const shebang = (source) => ['#!/usr/bin/env -S node', ...nodeOptions(source)].join(' ');

/** The XML of our D-Bus interfaces by name, which the programs carry in them. */
function interfaces() {
  const folder = path.join(root, 'src/dbus');
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.xml'));
  const texts = files.map((name) => [name.slice(0, -'.xml'.length), path.join(folder, name)]);
  return Object.fromEntries(texts.map(([name, file]) => [name, fs.readFileSync(file, 'utf8')]));
}

/** Parts of dbus-next for proxies and old transports, which are not used and would cost memory in each daemon. */
const unused = {
  name: 'unused',
  setup(build) {
    build.onResolve({ filter: /^(xml2js|event-stream|x11)$/ }, ({ path: name }) => ({
      path: name,
      namespace: 'unused',
    }));
    build.onLoad({ filter: /.*/, namespace: 'unused' }, () => ({
      contents: 'module.exports = { Builder: class {}, Parser: class {} };',
    }));
  },
};

/**
 * Modules of Node that take most of a megabyte each are loaded by the first use of something in them: a drive without
 * encryption needs no OpenSSL, one without a state pipe starts no processes.
 */
const lateModules = {
  name: 'late-modules',
  setup(build) {
    build.onResolve({ filter: /^(node:)?(crypto|child_process)$/ }, ({ path: name, namespace }) =>
      namespace === 'late' ? { path: name, external: true } : { path: name, namespace: 'late' },
    );
    build.onLoad({ filter: /.*/, namespace: 'late' }, ({ path: name }) => {
      const module = JSON.stringify(name);
      const members = Object.keys(require(name));
      return {
        contents: `for (const name of ${JSON.stringify(members)})
          Object.defineProperty(exports, name, { enumerable: true, get: () => require(${module})[name] });`,
      };
    });
  },
};

/** Bundles one program into one executable CommonJS file without extension; gives the files that went into it. */
async function bundle(source, folder) {
  const program = path.join(folder, path.basename(source, '.ts'));
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: [source],
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    target: 'node18',
    format: 'cjs',
    legalComments: 'none',
    // A process keeps its source in memory, each daemon a copy. Names stay: they are in stack traces.
    minifyWhitespace: true,
    minifySyntax: true,
    lineLimit: 160,
    banner: {
      js: `${shebang(source)}\nconst bundleUrl = require("node:url").pathToFileURL(__filename).href;`,
    },
    define: {
      'import.meta.url': 'bundleUrl',
      MHVTL_VERSION: JSON.stringify(version),
      MHVTL_INTERFACES: JSON.stringify(interfaces()),
    },
    plugins: [unused, lateModules],
    logLevel: 'warning',
  });
  install(program, outputFiles[0].contents);
  return Object.keys(metafile.inputs);
}

/** Names the state of everything the addon is made of. */
function addonFingerprint() {
  const hash = createHash('sha256');
  const folder = path.join(root, 'src/addon');
  const sources = fs.readdirSync(folder).filter((name) => /\.(cc|h|gyp)$/.test(name));
  const files = [...sources.sort().map((name) => path.join(folder, name))];
  files.push(path.join(root, 'kernel/mhvtl.h'));
  files.push(path.join(root, 'node_modules/node-addon-api/package.json'));
  for (const file of files) hash.update(`${file}\0`).update(fs.readFileSync(file));
  return hash.digest('hex');
}

/** Where Node's headers are installed, if they are: node-gyp need not fetch them then. */
function headersOption() {
  const prefixes = [path.resolve(process.execPath, '../..'), '/usr'];
  const prefix = prefixes.find((p) => fs.existsSync(path.join(p, 'include/node/node_api.h')));
  return prefix ? [`--nodedir=${prefix}`] : [];
}

/** Compiles src/addon with node-gyp, in a folder of this run's own, unless the result is up to date. */
function buildAddon() {
  const stamp = path.join(root, 'build/addon.fingerprint');
  const addon = path.join(out, 'mhvtl.node');
  const fingerprint = addonFingerprint();
  const built = fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === fingerprint;
  if (built && fs.existsSync(addon)) return;
  const folder = fs.mkdtempSync(path.join(root, 'build/addon-'));
  try {
    fs.symlinkSync('../../src/addon/binding.gyp', path.join(folder, 'binding.gyp'));
    const gyp = path.join(root, 'node_modules/node-gyp/bin/node-gyp.js');
    const options = ['--loglevel=warn', '--jobs=2', ...headersOption()];
    // The folder has another name each time; what is built must not.
    const prefixMap = `-ffile-prefix-map=${folder}=build/addon`;
    const env = { ...process.env, CXXFLAGS: `${process.env.CXXFLAGS ?? ''} ${prefixMap}` };
    execFileSync(process.execPath, [gyp, 'rebuild', ...options], {
      cwd: folder,
      stdio: 'inherit',
      env,
    });
    install(addon, fs.readFileSync(path.join(folder, 'build/Release/mhvtl.node')));
    fs.writeFileSync(stamp, fingerprint);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

const tests = path.join(root, 'build/test');
for (const folder of [out, tests]) fs.mkdirSync(folder, { recursive: true });
// The project's own package.json says "module"; the bundles are CommonJS.
fs.writeFileSync(path.join(root, 'build/package.json'), '{ "type": "commonjs" }\n');
buildAddon();
const others = process.argv.slice(2);
const bundles =
  others.length > 0
    ? others.map((source) => bundle(path.resolve(source), tests))
    : programs().map((source) => bundle(source, out));
const results = await Promise.allSettled(bundles);
const failures = results.filter(({ status }) => status === 'rejected');
if (failures.length === 0 && others.length === 0)
  writeComponents(
    root,
    results.flatMap(({ value }) => value),
    path.join(root, 'build'),
  );
// esbuild has told the place and the reason of each of its own errors.
for (const { reason } of failures) if (!reason.errors) console.error(reason);
process.exitCode = failures.length > 0 ? 1 : 0;
