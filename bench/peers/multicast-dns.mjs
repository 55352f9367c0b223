// What a program writes that uses multicast-dns alone to collect services.
import multicastDns from "multicast-dns";

export async function open() {
  const mdns = multicastDns();
  await new Promise((resolve) => mdns.once("ready", resolve));
  return {
    publish: async (services) => {
      const records = services.flatMap(({ name, type, port }) => recordsOf(`${name}.${type}.local`, type, port));
      mdns.on("query", ({ questions }) => {
        const answers = records.filter((record) =>
          questions.some(({ name, type }) => record.name === name && (type === record.type || type === "ANY")),
        );
        if (answers.length > 0) mdns.respond(answers);
      });
    },
    browse: (type, onService) => collect(mdns, `${type}.local`, onService),
  };
}

function recordsOf(name, type, port) {
  return [
    { name: `${type}.local`, type: "PTR", ttl: 4_500, data: name },
    { name, type: "SRV", ttl: 120, data: { port, target: "host1.local" } },
    { name, type: "TXT", ttl: 4_500, data: ["n=1"] },
  ];
}

function collect(mdns, typeName, onService) {
  const [instances, hosts] = [new Map(), new Map()];
  mdns.on("response", ({ answers, additionals }) => {
    for (const { name, type, data } of [...answers, ...additionals]) {
      if (type === "PTR" && name === typeName && !instances.has(data)) instances.set(data, {});
      else if (type === "SRV" || type === "TXT") instances.set(name, { ...instances.get(name), [type]: data });
      else if (type === "A") hosts.set(name, data);
    }
    for (const { name, type } of answers.concat(additionals)) {
      if (type !== "SRV" && type !== "TXT") continue;
      const { SRV, TXT } = instances.get(name);
      if (SRV && TXT && hosts.has(SRV.target)) onService(name.slice(0, -typeName.length - 1));
    }
  });
  mdns.query(typeName, "PTR");
}
