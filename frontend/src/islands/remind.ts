/** Reminders on this device: the browser is asked for leave once somebody presses, and ends it where they say so. */
import { found } from "../page/parts";

const place = document.getElementById("devices");

/** Show one of the parts that tell how it stands here, and none of the others. */
function tell(state: "may" | "here" | "denied" | "failed" | "cannot"): void {
  for (const part of place!.querySelectorAll<HTMLElement>("[data-when]")) part.hidden = part.dataset.when !== state;
}

async function digest(text: string): Promise<string> {
  const sum = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(sum)].map((one) => one.toString(16).padStart(2, "0")).join("");
}

const packed = (bytes: ArrayBuffer | null): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes!))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function present(): Promise<PushSubscription | null> {
  const registered = await navigator.serviceWorker.getRegistration("/");
  return await registered?.pushManager.getSubscription() ?? null;
}

async function look(): Promise<void> {
  if (!("PushManager" in window && "Notification" in window && navigator.serviceWorker)) return tell("cannot");
  const one = await present();
  const line = one && place!.querySelector<HTMLElement>(`[data-device="${await digest(one.endpoint)}"]`);
  if (!line) return tell(Notification.permission === "denied" ? "denied" : "may");
  tell("here");
  found("[data-here]", line).hidden = false;
  const form = found<HTMLFormElement>("form", line);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void one.unsubscribe().catch(() => {}).then(() => form.submit());
  });
}

/** The browser's leave, its service's address, and what to seal for it go into the form, which is sent as any other. */
async function ask(form: HTMLFormElement): Promise<void> {
  if (await Notification.requestPermission() !== "granted") return tell("denied");
  await navigator.serviceWorker.register("/service-worker.js");
  const { pushManager } = await navigator.serviceWorker.ready;
  await (await pushManager.getSubscription())?.unsubscribe();
  const one = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: place!.dataset.key! });
  const told = { endpoint: one.endpoint, point: packed(one.getKey("p256dh")), secret: packed(one.getKey("auth")) };
  for (const [name, value] of Object.entries(told)) found<HTMLInputElement>(`[name=${name}]`, form).value = value;
  form.submit();
}

if (place) {
  const form = found<HTMLFormElement>('form[data-when="may"]', place);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void ask(form).catch(() => tell(Notification.permission === "denied" ? "denied" : "failed"));
  });
  void look();
}
