import { Bonjour } from "bonjour-service";

export async function open() {
  const bonjour = new Bonjour();
  return {
    publish: (services) => Promise.all(services.map((service) => published(bonjour, service))),
    browse: (type, onService) => bonjour.find({ type: plain(type) }, ({ name }) => onService(name)),
  };
}

function published(bonjour, { name, type, port, txt }) {
  return new Promise((resolve) => bonjour.publish({ name, type: plain(type), port, txt }).on("up", resolve));
}

/** `_http._tcp` is `http` there. */
const plain = (type) => type.slice(1, type.indexOf("."));
