/** Sets what becomes the latest entry of a map; beyond `limit` entries the oldest one goes. */
export function setLatest<Value>(map: Map<string, Value>, key: string, value: Value, limit: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= limit) return;
  const [oldest = ""] = map.keys();
  map.delete(oldest);
}
