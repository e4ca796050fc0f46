// SPDX-License-Identifier: GPL-2.0-or-later
// What the product of a library has no room for: barcodes it cannot read, elements it has no address for.
import type { LibraryConf } from '../../config/device-conf.js';
import {
  type ElementKind,
  elementTypes,
  type LibraryContents,
} from '../../config/library-contents.js';
import { type Configuration, contentsFiles } from '../../config/load.js';
import {
  type Complaints,
  complaintsAbout,
  type Problem,
  WHOLE_FILE,
} from '../../config/problem.js';
import { libraryProduct } from '../../personality/libraries.js';
import { roomIn } from '../../personality/library.js';

const kinds = Object.keys(elementTypes) as ElementKind[];

function checkLibrary(
  { unit, vendor, product }: LibraryConf,
  contents: LibraryContents,
  complaints: Complaints,
): void {
  const traits = libraryProduct(vendor, product);
  const { barcodeLength, description } = traits;
  for (const kind of kinds) {
    const room = roomIn(traits, elementTypes[kind]);
    const outside = contents[kind].filter(({ number }) => number > room);
    if (outside.length > 0)
      complaints.warning(
        WHOLE_FILE,
        `library ${unit} leaves out ${kind} ${outside[0]!.number}${outside.length > 1 ? `, and ${outside.length - 1} more` : ''}: ${description} has addresses for ${room}`,
        'Delete the lines, or choose another product for the library in device.conf.',
      );
    if (kind === 'Drive') continue;
    for (const { number, content } of contents[kind])
      if (content !== undefined && content.length > barcodeLength)
        complaints.error(
          WHOLE_FILE,
          `the barcode ${content} in ${kind} ${number} has ${content.length} characters`,
          `${description}, which library ${unit} is, reads at most ${barcodeLength}. Shorten it.`,
        );
  }
}

/** The problems of every library's contents; with an error its daemon does not start. */
export const checkLibraries = ({
  directory,
  libraries,
  contents,
}: Pick<Configuration, 'directory' | 'libraries' | 'contents'>): Problem[] =>
  libraries.flatMap((library) => {
    const complaints = complaintsAbout(contentsFiles(directory, library.unit).base);
    checkLibrary(library, contents.get(library.unit)!, complaints);
    return complaints.list;
  });
