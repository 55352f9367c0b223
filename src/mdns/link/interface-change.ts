import type { InterfaceInfo } from "./interface-info.ts";

export type InterfaceChange =
  | { readonly kind: "down"; readonly name: string }
  | { readonly kind: "up"; readonly info: InterfaceInfo }
  | { readonly kind: "addresses"; readonly info: InterfaceInfo };

/** What happened between two looks. An interface that was replaced by another of its name went down and came up. */
export function interfaceChanges(
  before: readonly InterfaceInfo[],
  after: readonly InterfaceInfo[],
): readonly InterfaceChange[] {
  const known = new Map(before.map((info) => [info.name, info]));
  const present = new Set(after.map(({ name }) => name));
  const gone = before.filter(({ name }) => !present.has(name));
  return [
    ...gone.map(({ name }): InterfaceChange => ({ kind: "down", name })),
    ...after.flatMap((info) => changeOf(known.get(info.name), info)),
  ];
}

function changeOf(was: InterfaceInfo | undefined, info: InterfaceInfo): readonly InterfaceChange[] {
  if (was === undefined) return [{ kind: "up", info }];
  if (wasReplaced(was, info)) {
    return [
      { kind: "down", name: info.name },
      { kind: "up", info },
    ];
  }
  return addressesText(was) === addressesText(info) ? [] : [{ kind: "addresses", info }];
}

function wasReplaced(was: InterfaceInfo, is: InterfaceInfo): boolean {
  return was.mac !== is.mac || (was.index !== undefined && is.index !== undefined && was.index !== is.index);
}

function addressesText({ addresses }: InterfaceInfo): string {
  return addresses
    .map(({ address, prefixLength }) => `${address}/${prefixLength}`)
    .sort()
    .join();
}
