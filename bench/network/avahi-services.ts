import type { Avahi } from "../../test/interop/avahi.ts";
import { AvahiEntryGroup } from "../../test/interop/avahi-entry-group.ts";
import type { ServiceToPublish } from "./contender.ts";

const PER_GROUP = 250; // of the entries that one client may have in one group

/** Publishes, and settles when Avahi has won all the names. */
export async function publishByAvahi(avahi: Avahi, services: readonly ServiceToPublish[]): Promise<void> {
  const groups: Promise<unknown>[] = [];
  for (let at = 0; at < services.length; at += PER_GROUP) {
    const some = services.slice(at, at + PER_GROUP);
    groups.push(AvahiEntryGroup.publish(avahi, some.map(withTxtStrings)));
  }
  await Promise.all(groups);
}

function withTxtStrings({ txt, ...service }: ServiceToPublish): Parameters<typeof AvahiEntryGroup.publish>[1][number] {
  return { ...service, txt: Object.entries(txt).map(([key, value]) => `${key}=${value}`) };
}
