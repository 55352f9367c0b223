import type { Link } from "../link/link.ts";
import type { Network } from "../link/network.ts";
import type { Name } from "../wire/name.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { CLASS } from "../wire/record-class.ts";
import { recordKey } from "../wire/record-key.ts";
import { followLinks } from "./follow-links.ts";
import { LIMITS } from "./limits.ts";

export interface RecordListOptions {
  readonly name: Name;
  readonly type: number;
  readonly immediate: boolean;
  readonly added: (key: string, record: ResourceRecord, link: Link) => void;
  readonly removed: (key: string, record: ResourceRecord, link: Link) => void;
  readonly overflow: (link: Link) => void;
}

/**
 * Asks one question on every link, and tells of each record that answers as it comes and goes on a link. Keys are
 * equal for the same record on several links.
 *
 * It begins after the present moment: what is known already is for listeners that are added after the call, too.
 * @returns what ends it; nothing is told from then on
 */
export function listRecords(network: Network, options: RecordListOptions): () => void {
  let ended = false;
  let end = (): void => {};
  const cancel = network.clock.at(network.clock.now(), () => {
    end = listNow(network, {
      ...options,
      added: (...news) => void (ended || options.added(...news)),
      removed: (...news) => void (ended || options.removed(...news)),
    });
    if (ended) end(); // a listener has closed it meanwhile
  });
  return () => {
    ended = true;
    cancel();
    end();
  };
}

function listNow(network: Network, options: RecordListOptions): () => void {
  const { name, type, immediate, added, removed, overflow } = options;
  return followLinks(network, (link) => {
    const present = new Map<string, ResourceRecord>();
    const remove = (key: string, record: ResourceRecord): void => {
      if (present.delete(key)) removed(key, record, link);
    };
    const stop = link.ask(
      { name, type, class: CLASS.IN, unicast: false },
      (answer) => {
        if (answer.change === "absent") return;
        const key = recordKey(answer.record);
        if (answer.change === "removed") {
          remove(key, answer.record);
        } else if (answer.change === "added" && !present.has(key)) {
          if (present.size >= LIMITS.answers) {
            overflow(link);
            return;
          }
          present.set(key, answer.record);
          added(key, answer.record, link);
        }
      },
      { immediate },
    );
    return () => {
      stop();
      for (const [key, record] of [...present]) remove(key, record);
    };
  });
}
