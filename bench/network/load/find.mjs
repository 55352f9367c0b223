// The shortest program that finds services: node find.mjs CONTENDER OPTIONS TYPE
const [contender, options, type] = process.argv.slice(2);
const { open } = await import(contender);
const { browse } = await open(JSON.parse(options));
browse(type, (name) => console.log(`found ${name}`));
