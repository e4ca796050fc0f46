// SPDX-License-Identifier: GPL-2.0-or-later
// Which library product stands for which names, and where its elements are.
import t from 'tap';
import { libraryProduct } from '../../../src/personality/libraries.js';
import { ElementMap, type ElementPlans } from '../../../src/smc/element.js';

t.test('selection by vendor and product', async (t) => {
  t.equal(libraryProduct('STK', 'L700').description, 'StorageTek L700');
  t.equal(libraryProduct('stk', 'L80').description, 'StorageTek L80');
  t.equal(libraryProduct('STK', 'L1400').description, 'StorageTek L-series (L180, L700)');
  t.equal(libraryProduct('HPE', 'MSL6480').description, 'HPE StoreEver MSL');
  t.equal(libraryProduct('ACME', 'GENERIC').description, 'any other library');
  t.equal(libraryProduct('', '').description, 'any other library');
});

const plans = (pickers: number, doors: number, drives: number, slots: number): ElementPlans => {
  const upTo = (count: number) => Array.from({ length: count }, (_, i) => ({ number: i + 1 }));
  return {
    'medium transport': upTo(pickers),
    'import/export': upTo(doors),
    'data transfer': upTo(drives),
    storage: upTo(slots),
  };
};

t.test('element addresses', async (t) => {
  const l700 = new ElementMap(libraryProduct('STK', 'L700').firstAddress, plans(1, 4, 4, 39));
  t.same(
    [...l700.of('storage')].map(({ address }) => address),
    Array.from({ length: 39 }, (_, i) => 0x3e8 + i),
  );
  t.equal(l700.at(0xa)?.type, 'import/export');
  t.equal(l700.at(0x1f7)?.number, 4);
  t.equal(l700.at(0x1f8), undefined);
  t.same(l700.unplaced, []);
});

t.test('elements that would run into the next type have no address', async (t) => {
  const map = new ElementMap(libraryProduct('STK', 'L700').firstAddress, plans(10, 1, 1, 1));
  t.equal(map.of('medium transport').length, 9, 'addresses 1 to 9; 10 is an import/export element');
  t.same(map.unplaced, [{ type: 'medium transport', number: 10 }]);
  const many = new ElementMap(
    libraryProduct('', '').firstAddress,
    plans(1, 1, 1, 0x10000 - 0x400 + 1),
  );
  t.equal(many.all.at(-1)?.address, 0xffff);
  t.same(many.unplaced, [{ type: 'storage', number: 0x10000 - 0x400 + 1 }]);
});

t.test('a gap in the numbers is a gap in the addresses', async (t) => {
  const map = new ElementMap(libraryProduct('STK', 'L700').firstAddress, {
    ...plans(1, 0, 0, 0),
    'import/export': [{ number: 1 }, { number: 3 }],
  });
  t.same(
    map.of('import/export').map(({ address }) => address),
    [0xa, 0xc],
  );
});
