// SPDX-License-Identifier: GPL-2.0-or-later
// mhvtl.conf: settings, the peculiarities of ini, and what is said about mistakes.
import t from 'tap';
import { parseMhvtlConf } from '../../../src/config/mhvtl-conf.js';

const DEFAULTS = {
  configPath: undefined,
  homePath: '/opt/mhvtl',
  capacity: 500,
  verbose: 0,
  kernelDebug: 0,
  daemonDebug: '',
};
const parse = (text: string) => parseMhvtlConf(text, 'mhvtl.conf');
const problemsOf = (text: string) =>
  parse(text).problems.map(({ severity, line, message }) => `${severity} ${line} ${message}`);

t.test('settings', async (t) => {
  t.same(parse('').value, DEFAULTS);
  const text =
    '# x\r\n; y\r\nMHVTL_CONFIG_PATH = /etc/other\r\nMHVTL_HOME_PATH="/srv/a;b#c"\r\nCAPACITY=0\r\n VERBOSE=\'3\'\r\nVTL_DEBUG=1\r\nDAEMON_DEBUG=-d -v\r\n';
  const { value, problems } = parse(text);
  t.same(problems, []);
  t.same(value, {
    configPath: '/etc/other',
    homePath: '/srv/a;b#c',
    capacity: 0,
    verbose: 3,
    kernelDebug: 1,
    daemonDebug: '-d -v',
  });
  t.same(parse('DAEMON_DEBUG=\n').problems, []);
  t.throws(() => Object.assign(value, { verbose: 1 }), TypeError, 'immutable');
});

t.test('mistakes', async (t) => {
  const cases: readonly [string, string, RegExp][] = [
    ['no =', 'CAPACITY 500\n', /^error 1 this is not a setting$/],
    ['section', '[vtl]\nCAPACITY=7\n', /^error 1 this is not a setting$/],
    ['array', 'CAPACITY[]=7\n', /^warning 1 CAPACITY\[\] is not a setting/],
    ['unknown', 'PATH=/bin\n', /^warning 1 PATH is not a setting of mhvtl/],
    ['prototype', '__proto__=1\n', /^warning 1 __proto__ is not a setting/],
    ['twice', 'VERBOSE=1\nVERBOSE=2\n', /^error 2 VERBOSE is set twice, first in line 1$/],
    ['empty', 'VERBOSE=\n', /^error 1 VERBOSE has no value$/],
    ['boolean', 'VERBOSE=true\n', /^error 1 VERBOSE is "true", not a decimal number$/],
    ['unit', 'CAPACITY=500M\n', /^error 1 CAPACITY is "500M", not a decimal number$/],
    ['range', 'VERBOSE=10\n', /^error 1 VERBOSE is out of range$/],
    ['relative', 'MHVTL_HOME_PATH=tapes\n', /^error 1 MHVTL_HOME_PATH does not begin with/],
    ['blank', 'MHVTL_HOME_PATH=/a b\n', /^error 1 MHVTL_HOME_PATH holds more than one word/],
    ['quote', 'MHVTL_HOME_PATH="/a\n', /^error 1 the value begins with a quote/],
    ['quote and comment', 'CAPACITY="5" # MB\n', /^error 1 the value begins with a quote/],
    ['option', 'DAEMON_DEBUG=d\n', /^error 1 DAEMON_DEBUG is not an option$/],
    ['comment', 'CAPACITY=7 # MB\n', /^warning 1 the text from # on is taken as a comment/],
    ['semicolon', 'MHVTL_HOME_PATH=/a;b\n', /^warning 1 the text from ; on/],
  ];
  for (const [name, text, expected] of cases) {
    const problems = problemsOf(text);
    t.equal(problems.length, 1, `one problem: ${name}`);
    t.match(problems[0], expected, name);
  }
  t.equal(parse('[vtl]\nCAPACITY=7\n').value.capacity, 7, 'a section swallows nothing');
  t.equal(parse('CAPACITY=7 # MB\n').value.capacity, 7);
  t.match(parse('CAPACTY=7\n').problems[0]!.remedy, 'Did you mean CAPACITY?');
});
