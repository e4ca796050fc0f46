// SPDX-License-Identifier: GPL-2.0-or-later
// The drive products there are. A new one is its file and a line here.
import type { DriveProduct } from '../ssc/drive-product.js';
import { ibm0359255f } from './3592/55f.js';
import { ibm0359260f } from './3592/60f.js';
import { ibm0359270f } from './3592/70f.js';
import { ibm03592E05 } from './3592/e05.js';
import { ibm03592E06 } from './3592/e06.js';
import { ibm03592E07 } from './3592/e07.js';
import { ibm03592E08 } from './3592/e08.js';
import { ibm03592J1a } from './3592/j1a.js';
import { dat72 } from './dds/dat72.js';
import { dat160 } from './dds/dat160.js';
import { dat320 } from './dds/dat320.js';
import { dds1 } from './dds/dds1.js';
import { dds2 } from './dds/dds2.js';
import { dds3 } from './dds/dds3.js';
import { dds4 } from './dds/dds4.js';
import { defaultDrive } from './default-drive.js';
import { dltS4 } from './dlt/dlt-s4.js';
import { dltV4 } from './dlt/dlt-v4.js';
import { dlt2000 } from './dlt/dlt2000.js';
import { dlt4000 } from './dlt/dlt4000.js';
import { dlt7000 } from './dlt/dlt7000.js';
import { dlt8000 } from './dlt/dlt8000.js';
import { sdlt220 } from './dlt/sdlt220.js';
import { sdlt320 } from './dlt/sdlt320.js';
import { sdlt600 } from './dlt/sdlt600.js';
import { hpeLto1 } from './lto/hpe-1.js';
import { hpeLto2 } from './lto/hpe-2.js';
import { hpeLto3 } from './lto/hpe-3.js';
import { hpeLto4 } from './lto/hpe-4.js';
import { hpeLto5 } from './lto/hpe-5.js';
import { hpeLto6 } from './lto/hpe-6.js';
import { hpeLto7 } from './lto/hpe-7.js';
import { hpeLto8 } from './lto/hpe-8.js';
import { hpeLto9 } from './lto/hpe-9.js';
import { hpeLto10 } from './lto/hpe-10.js';
import { ibmLto1 } from './lto/ibm-1.js';
import { ibmLto2 } from './lto/ibm-2.js';
import { ibmLto3 } from './lto/ibm-3.js';
import { ibmLto4 } from './lto/ibm-4.js';
import { ibmLto5 } from './lto/ibm-5.js';
import { ibmLto6 } from './lto/ibm-6.js';
import { ibmLto7 } from './lto/ibm-7.js';
import { ibmLto8 } from './lto/ibm-8.js';
import { ibmLto9, ibmLto9HalfHeight } from './lto/ibm-9.js';
import { ibmLto10 } from './lto/ibm-10.js';
import { quantumLto1 } from './lto/quantum-1.js';
import { quantumLto2 } from './lto/quantum-2.js';
import { quantumLto3 } from './lto/quantum-3.js';
import { quantumLto4 } from './lto/quantum-4.js';
import { quantumLto5 } from './lto/quantum-5.js';
import { quantumLto6 } from './lto/quantum-6.js';
import { quantumLto7 } from './lto/quantum-7.js';
import { quantumLto8 } from './lto/quantum-8.js';
import { quantumLto9 } from './lto/quantum-9.js';
import { quantumLto10 } from './lto/quantum-10.js';
import { tandbergLto2 } from './lto/tandberg-2.js';
import { tandbergLto3 } from './lto/tandberg-3.js';
import { tandbergLto4 } from './lto/tandberg-4.js';
import { tandbergLto5 } from './lto/tandberg-5.js';
import { tandbergLto6 } from './lto/tandberg-6.js';
import { tandbergLto7 } from './lto/tandberg-7.js';
import { sonySdx300 } from './sony/ait1.js';
import { sonySdx500 } from './sony/ait2.js';
import { sonySdx700 } from './sony/ait3.js';
import { sonySdx900 } from './sony/ait4.js';
import { sonySdx1100 } from './sony/ait5.js';
import { sonySdz100 } from './sony/sait1.js';
import { sonySdz200 } from './sony/sait2.js';
import { t9840A } from './stk/t9840a.js';
import { t9840B } from './stk/t9840b.js';
import { t9840C } from './stk/t9840c.js';
import { t9840D } from './stk/t9840d.js';
import { t9940A } from './stk/t9940a.js';
import { t9940B } from './stk/t9940b.js';
import { t10000A } from './stk/t10000a.js';
import { t10000B } from './stk/t10000b.js';
import { t10000C } from './stk/t10000c.js';
import { t10000D } from './stk/t10000d.js';

export const driveProducts: readonly DriveProduct[] = [
  ibmLto1,
  ibmLto2,
  ibmLto3,
  ibmLto4,
  ibmLto5,
  ibmLto6,
  ibmLto7,
  ibmLto8,
  ibmLto9,
  ibmLto9HalfHeight,
  ibmLto10,
  hpeLto1,
  hpeLto2,
  hpeLto3,
  hpeLto4,
  hpeLto5,
  hpeLto6,
  hpeLto7,
  hpeLto8,
  hpeLto9,
  hpeLto10,
  quantumLto1,
  quantumLto2,
  quantumLto3,
  quantumLto4,
  quantumLto5,
  quantumLto6,
  quantumLto7,
  quantumLto8,
  quantumLto9,
  quantumLto10,
  tandbergLto2,
  tandbergLto3,
  tandbergLto4,
  tandbergLto5,
  tandbergLto6,
  tandbergLto7,
  ibm03592J1a,
  ibm03592E05,
  ibm03592E06,
  ibm03592E07,
  ibm03592E08,
  ibm0359255f,
  ibm0359260f,
  ibm0359270f,
  t10000A,
  t10000B,
  t10000C,
  t10000D,
  t9840A,
  t9840B,
  t9840C,
  t9840D,
  t9940A,
  t9940B,
  dlt2000,
  dlt4000,
  dlt7000,
  dlt8000,
  dltV4,
  sdlt220,
  sdlt320,
  sdlt600,
  dltS4,
  sonySdx300,
  sonySdx500,
  sonySdx700,
  sonySdx900,
  sonySdx1100,
  sonySdz100,
  sonySdz200,
  dds1,
  dds2,
  dds3,
  dds4,
  dat72,
  dat160,
  dat320,
];

const byName = new Map(
  driveProducts.flatMap((product) => product.products.map((name) => [name, product] as const)),
);

/** The product of a product identification string (exact, as INQUIRY carries it), or the default one. */
export const driveProduct = (productIdentification: string): DriveProduct =>
  byName.get(productIdentification) ?? defaultDrive;
