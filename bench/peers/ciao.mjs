// Publishes only.
import { getResponder } from "@homebridge/ciao";

export async function open({ interfaceName }) {
  // Without a name it leaves out interfaces that `ip` shows as name@peer, as it does those of a namespace.
  const responder = getResponder({ interface: interfaceName });
  return {
    publish: (services) =>
      Promise.all(
        services.map(({ name, type, port, txt }) =>
          responder.createService({ name, type: type.slice(1, type.indexOf(".")), port, txt }).advertise(),
        ),
      ),
  };
}
