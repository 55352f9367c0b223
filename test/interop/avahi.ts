import { join } from "node:path";
import type { Host } from "./host.ts";
import type { Program } from "./program.ts";

export interface AvahiOptions {
  /** Without `.local`. Default: the host's own name. */
  readonly hostName?: string;
  /** Also repeats what it hears on one interface on the others. */
  readonly reflector?: boolean;
}

/** One Avahi daemon with a message bus of its own, on one host of the test LAN. */
export interface Avahi {
  readonly host: Host;
  /** Path of the bus's socket, for clients that live as long as the test. */
  readonly busSocket: string;
  /** What the daemon logs. */
  readonly daemon: Program;
  /** The host name that it won, with `.local`. */
  readonly hostName: string;
  /** Starts avahi-browse, avahi-publish or avahi-resolve on that host. */
  client(command: string, ...args: readonly string[]): Program;
}

/** Starts bus and daemon, and waits until the daemon has won its host name. */
export async function startAvahi(host: Host, options: AvahiOptions = {}): Promise<Avahi> {
  const busSocket = join(host.folder, "bus.socket");
  const env = { DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${busSocket}`, LC_ALL: "C.UTF-8" };
  const busConfigurationFile = host.file("bus.conf", busConfiguration(busSocket));
  host.file("avahi-daemon.conf", daemonConfiguration({ hostName: host.name, ...options }));
  const bus = host.start("dbus-daemon", ["--nofork", "--print-address=1", `--config-file=${busConfigurationFile}`]);
  await bus.expect("the message bus listens", (line) => (line.startsWith("unix:path=") ? true : undefined));
  // Files of a daemon that this machine may run are out of sight: `ip netns exec` gave the shell its own mounts.
  const script = [
    `mount --bind "$1" /etc/avahi`,
    "mount -t tmpfs tmpfs /run",
    "exec avahi-daemon --no-drop-root --no-chroot --no-rlimits --file=/etc/avahi/avahi-daemon.conf",
  ].join(" && ");
  const daemon = host.start("sh", ["-c", script, "sh", host.folder], { env });
  const hostName = await daemon.expect(
    "Avahi has a host name",
    (line) => /startup complete\. Host name is ([^ ]+)\. /.exec(line)?.[1],
    { within: 20_000 },
  );
  return {
    host,
    busSocket,
    daemon,
    hostName,
    client: (command, ...args) => host.start(command, args, { env }),
  };
}

function busConfiguration(socketPath: string): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socketPath}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;
}

function daemonConfiguration({ hostName, reflector = false }: AvahiOptions): string {
  return `[server]
host-name=${hostName}
use-ipv4=yes
use-ipv6=yes
enable-dbus=yes
entries-per-entry-group-max=1024
objects-per-client-max=4096
[wide-area]
enable-wide-area=no
[publish]
publish-hinfo=no
publish-workstation=no
[reflector]
enable-reflector=${reflector ? "yes" : "no"}
`;
}
