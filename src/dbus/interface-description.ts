// SPDX-License-Identifier: GPL-2.0-or-later
// Reads the XML files that define our interfaces: what is in them is what the bus sees.

export interface Argument {
  readonly name: string;
  readonly type: string;
}

export interface Property extends Argument {
  /** Whether PropertiesChanged tells of it. */
  readonly signalled: boolean;
}

export interface Method {
  readonly in: readonly Argument[];
  readonly out: readonly Argument[];
}

export interface InterfaceDescription {
  readonly name: string;
  /** The `<interface>` element as it is in the file. */
  readonly xml: string;
  readonly methods: ReadonlyMap<string, Method>;
  readonly signals: ReadonlyMap<string, readonly Argument[]>;
  readonly properties: ReadonlyMap<string, Property>;
}

const attribute = (tag: string, name: string): string => {
  const value = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  if (value === undefined) throw new SyntaxError(`<${tag}> has no ${name}`);
  return value;
};

/** The elements of a name directly in `xml`, with what is between their tags. */
const elements = (xml: string, name: string): { readonly tag: string; readonly body: string }[] =>
  [...xml.matchAll(new RegExp(`<(${name}\\b[^>]*?)(?:/>|>([\\s\\S]*?)</${name}>)`, 'g'))].map(
    ([, tag, body]) => ({ tag: tag!, body: body ?? '' }),
  );

const argumentsOf = (body: string, direction?: string): Argument[] =>
  elements(body, 'arg')
    .filter(({ tag }) => direction === undefined || attribute(tag, 'direction') === direction)
    .map(({ tag }) => ({ name: attribute(tag, 'name'), type: attribute(tag, 'type') }));

const byName = <T>(
  xml: string,
  element: string,
  read: (tag: string, body: string) => T,
): ReadonlyMap<string, T> =>
  new Map(elements(xml, element).map(({ tag, body }) => [attribute(tag, 'name'), read(tag, body)]));

/** Changes are told unless an annotation says that they are not. */
const isSignalled = (body: string): boolean =>
  !/EmitsChangedSignal" value="(const|false)"/.test(body);

/**
 * Reads a file with one interface.
 * @throws SyntaxError when it is not of the form our files have; a property that can be written is not
 */
export function describeInterface(file: string): InterfaceDescription {
  const xml = /<interface\b[\s\S]*<\/interface>/.exec(file)?.[0];
  if (xml === undefined) throw new SyntaxError('there is no <interface>');
  return {
    name: attribute(/<interface\b[^>]*/.exec(xml)![0].slice(1), 'name'),
    xml,
    methods: byName(xml, 'method', (_, body) => ({
      in: argumentsOf(body, 'in'),
      out: argumentsOf(body, 'out'),
    })),
    signals: byName(xml, 'signal', (_, body) => argumentsOf(body)),
    properties: byName(xml, 'property', (tag, body) => {
      if (attribute(tag, 'access') !== 'read') throw new SyntaxError(`<${tag}> can be written`);
      const name = attribute(tag, 'name');
      return { name, type: attribute(tag, 'type'), signalled: isSignalled(body) };
    }),
  };
}
