// SPDX-License-Identifier: GPL-2.0-or-later
// What others wrote that is part of our programs: a bill of materials (CycloneDX 1.5, without time or serial number, so that
// a build can be repeated) and their notices, which their licences want kept with every copy.
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Libraries the addon is linked with; the distribution's packages, so their versions are those of the machine. */
const linked = ['liblzo2', 'zlib', 'liblz4', 'libzstd', 'libisal'];

/** Folder of the npm package a bundled file belongs to (`node_modules/a`, `node_modules/a/node_modules/@b/c`), or undefined. */
export function packageFolder(file) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
}

/** The text of the licence a package carries, or what its package.json says where it carries none. */
function notice(folder, { license, author }) {
  const file = fs.readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file) return fs.readFileSync(path.join(folder, file), 'utf8').trim();
  const by = typeof author === 'string' ? author : (author?.name ?? 'its authors');
  return `By ${by}. Licence: ${license}.`;
}

/**
 * Writes `sbom.cdx.json` and `NOTICES` into `folder`.
 * @param root the project's folder
 * @param inputs the files that went into the bundles, relative to `root` (esbuild's metafile)
 */
export function writeComponents(root, inputs, folder) {
  const lock = JSON.parse(fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const own = lock.packages[''];
  // The addon is compiled with the headers of one more.
  const files = [...inputs, 'node_modules/node-addon-api/napi.h'];
  const folders = [...new Set(files.map(packageFolder).filter(Boolean))].sort();
  const packages = folders.map((place) => {
    const said = JSON.parse(fs.readFileSync(path.join(root, place, 'package.json'), 'utf8'));
    // Some say their licence in a form npm no longer takes; the lock file has it in today's.
    // Where a distribution builds, node_modules is a link into npm/.
    return { ...said, place, ...lock.packages[place.slice(place.indexOf('node_modules/'))] };
  });
  const components = packages.map(({ name, version, license, integrity }) => ({
    type: 'library',
    name,
    version,
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    licenses: [{ expression: license.replace('MIT/X11', 'MIT') }],
    hashes: [
      { alg: 'SHA-512', content: Buffer.from(integrity.slice(7), 'base64').toString('hex') },
    ],
  }));
  const bill = {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        name: own.name,
        version: own.version,
        licenses: [{ expression: own.license }],
      },
    },
    components: [
      ...components,
      ...linked.map((name) => ({ type: 'library', name, scope: 'optional' })),
    ],
  };
  const notices = packages.map(
    (said) => `${said.name} ${said.version}\n\n${notice(path.join(root, said.place), said)}\n`,
  );
  fs.writeFileSync(path.join(folder, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);
  fs.writeFileSync(
    path.join(folder, 'NOTICES'),
    `The programs contain these packages, under these licences.\n\n${notices.join(`\n${'-'.repeat(72)}\n\n`)}`,
  );
}
