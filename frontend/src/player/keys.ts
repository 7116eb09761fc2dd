/** Keys of a keyboard, a headset and a lock screen, all for the same few things. */

type Named = "play" | "halt" | "pause" | "next" | "back" | "pain" | "repeat" | "stops" | "mute";
type Doing = Record<Named, () => void> & { isOpen(): boolean };

export function connectKeys(doing: Doing): void {
  const byKey: Record<string, () => void> = {
    " ": doing.pause, MediaPlayPause: doing.pause, ArrowRight: doing.next, MediaTrackNext: doing.next,
    ArrowLeft: doing.back, MediaTrackPrevious: doing.back,
    p: doing.pain, r: doing.repeat, s: doing.stops, m: doing.mute,
  };
  document.addEventListener("keydown", (event) => {
    const wanted = byKey[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!wanted || !doing.isOpen() || event.ctrlKey || event.metaKey || event.altKey) return;
    const control = (event.target as Element).closest("button, a, input, select");
    if (event.key === " " && control?.matches(":focus-visible")) return;
    event.preventDefault();
    if (!event.repeat) wanted();
  });
  const lock: [MediaSessionAction, () => void][] = [
    ["play", doing.play], ["pause", doing.halt], ["nexttrack", doing.next], ["previoustrack", doing.back],
  ];
  for (const [action, wanted] of lock) {
    try {
      navigator.mediaSession?.setActionHandler(action, () => { if (doing.isOpen()) wanted(); });
    } catch { /* not every browser knows every key */ }
  }
}

/** What a lock screen or a headset says is playing. */
export function tellPlaying(title: string, album: string, isPaused: boolean): void {
  const session = navigator.mediaSession;
  if (!session) return;
  session.playbackState = isPaused ? "paused" : "playing";
  if (session.metadata?.title === title && session.metadata.album === album) return;
  const artwork = [{ src: "/static/icon.svg", type: "image/svg+xml", sizes: "any" }];
  session.metadata = new MediaMetadata({ title, album, artist: "Triplane", artwork });
}
