// SPDX-License-Identifier: GPL-2.0-or-later
// A bus of a test's own, with busctl as the other program on it.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const folder = mkdtempSync(join(tmpdir(), 'mhvtl-bus-'));
/** As /run/dbus: a bus makes it. */
const runtime = join(folder, 'run', 'dbus');
const socket = join(runtime, 'socket');
const config = join(folder, 'bus.conf');
let daemon: ChildProcess | undefined;

/** Waits for something another process brings about. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what = 'it',
): Promise<void> {
  for (let turns = 0; !(await condition()); turns++) {
    if (turns > 800) throw new Error(`${what} did not come about in eight seconds`);
    await sleep(10);
  }
}

export const bus = {
  address: `unix:path=${socket}`,

  /** @param policy further elements of the configuration */
  async start(policy = '<allow own="*"/><allow send_type="method_call"/>'): Promise<void> {
    writeFileSync(
      config,
      `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow send_type="signal"/>
<allow send_requested_reply="true" send_type="method_return"/>
<allow send_requested_reply="true" send_type="error"/>
<allow receive_type="method_call"/><allow receive_type="method_return"/>
<allow receive_type="error"/><allow receive_type="signal"/>
<allow send_destination="org.freedesktop.DBus"/></policy>
${policy.startsWith('<include') ? policy : `<policy context="default">${policy}</policy>`}
</busconfig>`,
    );
    mkdirSync(runtime, { recursive: true });
    daemon = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--nopidfile'], {
      stdio: 'inherit',
    });
    await until(() => existsSync(socket), 'the bus');
    await sleep(50);
  },

  /** Ends the bus; its socket goes with it. */
  async stop(): Promise<void> {
    const ended = daemon && new Promise((resolve) => daemon!.once('exit', resolve));
    daemon?.kill();
    await ended;
    daemon = undefined;
    rmSync(socket, { force: true });
  },

  /** There is no bus, and nothing that shows that there could be one. */
  removeFolder(): void {
    rmSync(join(folder, 'run'), { recursive: true, force: true });
  },

  /** What busctl prints. */
  async ctl(...words: readonly string[]): Promise<string> {
    const run = promisify(execFile);
    const options = { timeout: 5000, env: { ...process.env, COLUMNS: '200' } };
    const { stdout } = await run('busctl', [`--address=unix:path=${socket}`, ...words], options);
    return stdout.trimEnd();
  },

  /** busctl's complaint. */
  async complaint(...words: readonly string[]): Promise<string> {
    return bus.ctl(...words).then(
      (text) => `it did not fail: ${text}`,
      (error: { stderr: string }) => error.stderr.trim(),
    );
  },

  /** What happens on the bus, from now on. */
  monitor(name: string): { text(): string; stop(): void } {
    const watching = spawn('busctl', [`--address=unix:path=${socket}`, 'monitor', name]);
    let seen = '';
    watching.stdout.on('data', (chunk) => {
      seen += String(chunk);
    });
    return { text: () => seen, stop: () => void watching.kill() };
  },

  async cleanUp(): Promise<void> {
    await bus.stop();
    rmSync(folder, { recursive: true, force: true });
  },
};
