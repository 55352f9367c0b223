import dnssd from "dnssd";

export async function open({ interfaceName }) {
  return {
    publish: (services) => Promise.all(services.map((service) => published(service, interfaceName))),
    browse: (type, onService) =>
      new dnssd.Browser(serviceType(type), { interface: interfaceName })
        .on("serviceUp", ({ name }) => onService(name))
        .start(),
  };
}

function published({ name, type, port, txt }, interfaceName) {
  return new Promise((resolve, reject) => {
    const ad = new dnssd.Advertisement(serviceType(type), port, { name, txt, interface: interfaceName });
    ad.on("active", resolve).on("error", reject).start();
  });
}

const serviceType = (type) => dnssd.tcp(type.slice(1, type.indexOf(".")));
