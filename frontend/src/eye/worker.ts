/** Finds a person's points in pictures, beside the page, so that the page keeps moving. Pictures end here. */
import { PoseLandmarker } from "@mediapipe/tasks-vision";
import wasmLoaderPath from "@mediapipe/tasks-vision/vision_wasm_module_internal.js?url";
import wasmBinaryPath from "@mediapipe/tasks-vision/vision_wasm_module_internal.wasm?url";
import { pack } from "./message";
import { type Model, Pace } from "./pace";

/** What the page says, and what it is told. */
export interface Shown { picture: ImageBitmap; at: number }
export type Said =
  | { kind: "ready" } | { kind: "failed"; why: string }
  /** It looks at the next picture from now on. */
  | { kind: "free" }
  | { kind: "found"; frame: ArrayBuffer; ms: number; model: Model };

interface Scope {
  postMessage(said: Said, given?: Transferable[]): void;
  onmessage: ((event: MessageEvent<Shown>) => void) | null;
}
const here = self as unknown as Scope;
const LIGHT_EVERY = 15;
/** Following one person costs half of looking for two, so others are looked for now and then only. */
const LOOKS_ROUND_MS = 3000;

/** A page may fix the model by the worker's name. */
const pace = new Pace(self.name === "full" || self.name === "lite" ? self.name : undefined);
let landmarker: PoseLandmarker | null = null;
let round: PoseLandmarker | null = null;
let roundAt = 0;
let people = 1;
let light = NaN;
let count = 0;

/** Whether there is a graphics card; drawing in software is slower than counting. */
function hasGraphics(): boolean {
  const gl = new OffscreenCanvas(1, 1).getContext("webgl2"), info = gl?.getExtension("WEBGL_debug_renderer_info");
  const name = gl && info ? String(gl.getParameter(info.UNMASKED_RENDERER_WEBGL)) : "";
  return name !== "" && !/swiftshader|llvmpipe|software|basic render/i.test(name);
}

async function load(model: Model, follows = true): Promise<PoseLandmarker> {
  const made = (delegate: "GPU" | "CPU") => PoseLandmarker.createFromOptions({ wasmLoaderPath, wasmBinaryPath }, {
    baseOptions: { modelAssetPath: `/static/pose/pose_${model}.task`, delegate },
    runningMode: follows ? "VIDEO" : "IMAGE", numPoses: follows ? 1 : 2,
  });
  try {
    return await made(hasGraphics() ? "GPU" : "CPU");
  } catch {
    return await made("CPU");
  }
}

const small = new OffscreenCanvas(16, 12).getContext("2d", { willReadFrequently: true })!;

function brightness(picture: ImageBitmap): number {
  small.drawImage(picture, 0, 0, 16, 12);
  const { data } = small.getImageData(0, 0, 16, 12);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum += 0.2126 * data[i] + 0.7152 * data[i + 1] + 0.0722 * data[i + 2];
  return sum / (data.length / 4) / 255;
}

/** What else a picture tells, now and then: the coach hears of it with the next points, as none wait for it. */
function lookRound(picture: ImageBitmap, at: number): void {
  if (count++ % LIGHT_EVERY === 0) light = brightness(picture);
  if (!round || at - roundAt <= LOOKS_ROUND_MS) return;
  roundAt = at;
  people = round.detect(picture).landmarks.length;
}

function look({ picture, at }: Shown): void {
  const before = performance.now(), aspect = picture.width / picture.height;
  const seen = landmarker!.detectForVideo(picture, at);
  const ms = performance.now() - before;
  const [image = []] = seen.landmarks, [world = []] = seen.worldLandmarks;
  const frame = pack({ at: at / 1000, aspect, people: image.length && Math.max(1, people), light, image, world });
  here.postMessage({ kind: "found", frame, ms, model: pace.model }, [frame]);
  lookRound(picture, before);
  picture.close();
  here.postMessage({ kind: "free" });
  const other = pace.took(ms);
  if (other) void load(other).then((next) => { landmarker?.close(); landmarker = next; }, () => undefined);
}

here.onmessage = ({ data }) => {
  if (!landmarker) return data.picture.close();
  try {
    look(data);
  } catch (error) {
    here.postMessage({ kind: "failed", why: String(error) });
  }
};

load(pace.model).then(async (made) => {
  landmarker = made;
  here.postMessage({ kind: "ready" });
  await new Promise((done) => setTimeout(done, LOOKS_ROUND_MS));
  round = await load("lite", false);
}).catch((error: unknown) => { if (!landmarker) here.postMessage({ kind: "failed", why: String(error) }); });
