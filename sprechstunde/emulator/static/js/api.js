// The control API, and the stream of events.

import { toast } from "./toast.js";

export async function call(path, body, method) {
  const options = { method: method ?? (body === undefined ? "GET" : "POST") };
  if (body instanceof FormData) options.body = body;
  else if (body !== undefined) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  let answer;
  try {
    answer = await fetch(`/emulator/${path}`, options);
  } catch (error) {
    toast("offline");
    throw error;
  }
  const data = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    toast(null, String(data.detail ?? answer.status));
    throw new Error(String(data.detail ?? answer.status));
  }
  return data;
}

export const send = (phone, request) => call(`phones/${phone}/send`, request);

export async function upload(file) {
  const form = new FormData();
  form.append("file", file);
  return (await call("media", form)).id;
}

/** Calls `on(event)` for every event; `hello` comes first and after every reconnection. */
export function listen(on) {
  const source = new EventSource("/emulator/events");
  source.onmessage = (message) => on(JSON.parse(message.data));
  source.onerror = () => on({ type: "gone" });
}
