// SPDX-License-Identifier: GPL-2.0-or-later
// Objects on the bus and what calls to them do. Knows nothing of the connection.
import type { InterfaceDescription } from './interface-description.js';
import { managerXml, standardXml } from './standard-interfaces.js';

/** A method call as it comes. */
export interface Call {
  readonly path: string;
  /** May be missing: then any interface that has the method. */
  readonly interface: string | undefined;
  readonly member: string;
  readonly signature: string;
  readonly body: readonly unknown[];
}

/** A value with its type, as a variant carries it. */
export interface Typed {
  readonly type: string;
  readonly value: unknown;
}

/** What goes back: the types of the values, and the values. {@link Typed} within them become variants. */
export interface Answer {
  readonly signature: string;
  readonly body: readonly unknown[];
}

/** An error with a name of the bus. */
export class BusError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.name = 'BusError';
    this.type = type;
  }
}

const standardError = (name: string, message: string): BusError =>
  new BusError(`org.freedesktop.DBus.Error.${name}`, message);

type Awaitable<T> = T | Promise<T>;

/** What stands behind an interface: a getter for each property, a function for each method. */
export interface Implementation {
  readonly properties: Readonly<Record<string, () => unknown>>;
  readonly methods: Readonly<Record<string, (...values: never[]) => Awaitable<unknown>>>;
}

/** An interface and what stands behind it. */
export interface Bound {
  readonly description: InterfaceDescription;
  readonly implementation: Implementation;
}

const sameNames = (what: string, names: Iterable<string>, done: readonly string[]): void => {
  const said = [...names];
  const missing = said.filter((name) => !done.includes(name));
  const extra = done.filter((name) => !said.includes(name));
  if (missing.length + extra.length > 0)
    throw new TypeError(`${what}: missing ${missing.join()}; too much ${extra.join()}`);
};

/** @throws TypeError when the two do not have the same members */
export function bind(description: InterfaceDescription, implementation: Implementation): Bound {
  const { name, properties, methods } = description;
  sameNames(`${name} properties`, properties.keys(), Object.keys(implementation.properties));
  sameNames(`${name} methods`, methods.keys(), Object.keys(implementation.methods));
  return { description, implementation };
}

/** One object; a manager has children, which GetManagedObjects lists. */
export interface BusObject {
  readonly interfaces: readonly Bound[];
  /** Paths below this one, each with a leading `/`. */
  readonly children?: () => readonly string[];
  readonly child?: (path: string) => BusObject | undefined;
}

/** 64-bit numbers are big on the bus and need not be inside. */
const wire = (type: string, value: unknown): unknown =>
  (type === 't' || type === 'x') && typeof value === 'number' ? BigInt(value) : value;

const typesOf = (list: readonly { readonly type: string }[]): string =>
  list.map(({ type }) => type).join('');

export class Exports {
  readonly #path: string;
  readonly #root: BusObject;

  /** @param path of the object that is all there is, with what is below it */
  constructor(path: string, root: BusObject) {
    this.#path = path;
    this.#root = root;
  }

  /** @throws BusError */
  async call(call: Call): Promise<Answer> {
    const object = this.#at(call.path);
    if (call.member === 'Introspect') return this.#introspect(call, object);
    if (call.interface === 'org.freedesktop.DBus.Peer') return this.#peer(call);
    if (!object) throw standardError('UnknownObject', `there is no object ${call.path}`);
    if (call.interface === 'org.freedesktop.DBus.Properties') return this.#property(call, object);
    if (call.member === 'GetManagedObjects' && object.children)
      return { signature: 'a{oa{sa{sv}}}', body: [this.#managed(object)] };
    return this.#method(call, object);
  }

  /** The values of all properties of an interface. */
  valuesOf({ description, implementation }: Bound): Record<string, Typed> {
    return Object.fromEntries(
      [...description.properties.values()].map(({ name, type }) => [
        name,
        { type, value: wire(type, implementation.properties[name]!()) },
      ]),
    );
  }

  #at(path: string): BusObject | undefined {
    if (path === this.#path) return this.#root;
    if (!path.startsWith(`${this.#path}/`)) return undefined;
    return this.#root.child?.(path.slice(this.#path.length));
  }

  /** Every path there is. */
  #paths(): string[] {
    const below = this.#root.children?.() ?? [];
    return [this.#path, ...below.map((path) => `${this.#path}${path}`)];
  }

  #introspect({ path }: Call, object: BusObject | undefined): Answer {
    const prefix = path === '/' ? '/' : `${path}/`;
    const inside = this.#paths().filter((each) => each.startsWith(prefix));
    if (!object && inside.length === 0)
      throw standardError('UnknownObject', `there is no object ${path}`);
    const names = new Set(inside.map((each) => each.slice(prefix.length).split('/')[0]!));
    const xml = [
      '<!DOCTYPE node PUBLIC "-//freedesktop//DTD D-BUS Object Introspection 1.0//EN"',
      ' "http://www.freedesktop.org/standards/dbus/1.0/introspect.dtd">',
      '<node>',
      ...(object ? [standardXml] : []),
      ...(object?.children ? [managerXml] : []),
      ...(object?.interfaces.map(({ description }) => description.xml) ?? []),
      ...[...names].map((name) => `<node name="${name}"/>`),
      '</node>',
    ].join('\n');
    return { signature: 's', body: [xml] };
  }

  #peer({ member }: Call): Answer {
    if (member === 'Ping') return { signature: '', body: [] };
    throw standardError('UnknownMethod', `there is no ${member}`);
  }

  #property({ member, body, signature }: Call, object: BusObject): Answer {
    const [name, property] = body as string[];
    if (!signature.startsWith('s')) throw standardError('InvalidArgs', 'an interface is missing');
    const bound = object.interfaces.find(({ description }) => description.name === name);
    if (!bound && member === 'GetAll' && name === '') return this.#all(object.interfaces);
    if (!bound) throw standardError('UnknownInterface', `there is no interface ${name} here`);
    if (member === 'GetAll') return this.#all([bound]);
    const found = bound.description.properties.get(property ?? '');
    if (!found) throw standardError('UnknownProperty', `${name} has no property ${property}`);
    if (member === 'Get') return { signature: 'v', body: [this.valuesOf(bound)[found.name]] };
    if (member === 'Set') throw standardError('PropertyReadOnly', `${property} cannot be set`);
    throw standardError('UnknownMethod', `there is no ${member}`);
  }

  #all(interfaces: readonly Bound[]): Answer {
    const values = interfaces.map((bound) => this.valuesOf(bound));
    return { signature: 'a{sv}', body: [Object.assign({}, ...values)] };
  }

  #managed(object: BusObject): Record<string, unknown> {
    const entries = (object.children?.() ?? []).map((path) => {
      const interfaces = object.child?.(path)?.interfaces ?? [];
      const values = interfaces.map((bound) => [bound.description.name, this.valuesOf(bound)]);
      return [`${this.#path}${path}`, Object.fromEntries(values)];
    });
    return Object.fromEntries(entries);
  }

  async #method(call: Call, object: BusObject): Promise<Answer> {
    const known = object.interfaces.filter(
      ({ description }) => call.interface === undefined || description.name === call.interface,
    );
    if (known.length === 0)
      throw standardError('UnknownInterface', `there is no interface ${call.interface} here`);
    const bound = known.find(({ description }) => description.methods.has(call.member));
    if (!bound) throw standardError('UnknownMethod', `there is no method ${call.member}`);
    const method = bound.description.methods.get(call.member)!;
    const wanted = typesOf(method.in);
    if (call.signature !== wanted)
      throw standardError(
        'InvalidArgs',
        `${call.member} takes "${wanted}", not "${call.signature}"`,
      );
    const run = bound.implementation.methods[call.member] as (...values: unknown[]) => unknown;
    const result = await run(...call.body);
    const values = method.out.length === 0 ? [] : method.out.length === 1 ? [result] : result;
    return {
      signature: typesOf(method.out),
      body: (values as unknown[]).map((value, i) => wire(method.out[i]!.type, value)),
    };
  }
}
