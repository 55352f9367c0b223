import { aborted } from "./aborted.ts";
import type { Arguments } from "./arguments.ts";
import type { CommandIo } from "./command-io.ts";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import { failureOf } from "./failure.ts";
import { parseLiveChange } from "./live-change.ts";
import { noLink } from "./no-link.ts";
import { wishesByArguments } from "./publish-arguments.ts";
import { wantedByFile } from "./publish-file.ts";
import { Published } from "./published.ts";
import { unknownZone } from "./unknown-zone.ts";
import { UsageError } from "./usage-error.ts";
import type { Wanted, Wishes } from "./wanted-service.ts";

/** Runs `mdns-publish`. */
export async function publish(given: Arguments, io: CommandIo): Promise<ExitStatus> {
  const file = given.value("file");
  const { hostName, wanted } = file === undefined ? wishesByArguments(given) : wishesByFile(file, given);
  const report = { json: given.has("json"), print: given.has("quiet") ? () => {} : io.print };
  const interfaces = given.values("interface");
  const { mdns, opened } = await io.prepareMdns({ interfaces, hostName }, { verbose: given.has("verbose") });
  const published = new Published(mdns, report);
  try {
    const added = published.add(wanted);
    if (file !== undefined) followFile(file, published, added, io);
    if (!(await opened(added))) io.note(noLink(interfaces));
    tellWhatWaits(wanted, file, io);
    await Promise.race([added, aborted(io.stop)]);
    if (given.has("stdin")) void readChanges(published, io);
    await aborted(io.stop);
  } finally {
    await published.close();
  }
  return EXIT.done;
}

/** What cannot be published now may be later: a file is read again, an interface comes up. */
function tellWhatWaits(wanted: readonly Wanted[], file: string | undefined, io: CommandIo): void {
  if (wanted.length === 0) io.note(`--file ${file} holds no services; waiting for SIGHUP, which has it read again`);
  for (const item of wanted) {
    const addresses = item.kind === "host" ? item.addresses : (item.options.addresses ?? []);
    for (const fault of addresses.flatMap((address) => unknownZone(address) ?? [])) io.note(`${fault}; waiting for it`);
  }
}

function wishesByFile(file: string, given: Arguments): Wishes {
  const [operand] = given.operands;
  if (operand !== undefined) throw new UsageError(`--file ${file} holds the services; leave out "${operand}"`);
  const hostName = given.value("host");
  return { ...(hostName === undefined ? {} : { hostName }), wanted: wantedByFile(file) };
}

/** Reads the file again on each SIGHUP, one time after the other, the first one when all that it held is `added`. */
function followFile(file: string, published: Published, added: Promise<void>, io: CommandIo): void {
  let reading = added.catch(() => {}); // which ends the command
  io.onHangup(() => {
    reading = reading.then(() => reread(file, published, io));
  });
}

async function reread(file: string, published: Published, io: CommandIo): Promise<void> {
  if (io.stop.aborted) return;
  try {
    const wanted = wantedByFile(file);
    await published.replace(wanted, (failure) => {
      if (!io.stop.aborted) io.complain(failureOf(failure).message);
    });
    if (!io.stop.aborted) tellWhatWaits(wanted, file, io);
  } catch (error) {
    io.complain(`${failureOf(error).message}; the services stay as they were`);
  }
}

async function readChanges(published: Published, io: CommandIo): Promise<void> {
  let number = 0;
  for await (const line of io.inputLines()) {
    number++;
    if (io.stop.aborted) return;
    if (line.trim() === "") continue;
    try {
      const { publication, update } = parseLiveChange(line, published.services);
      await publication.update(update);
      published.tell("updated", publication);
    } catch (error) {
      if (io.stop.aborted) return;
      io.complain(`line ${number} of standard input: ${failureOf(error).message}`);
    }
  }
}
