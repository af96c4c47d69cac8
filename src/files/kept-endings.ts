/** Endings that no usual program runs, installs or takes for its settings when the file is opened. */
const KEPT = new Set(
  [
    // Documents; those with macros have endings of their own (docm, xlsm), which are not here.
    'pdf doc docx odt rtf pages xls xlsx ods numbers ppt pptx odp key epub djvu ps tex bib msg xps',
    // Pictures. An SVG can hold a script, which a browser runs.
    'png jpg jpeg jpe gif webp avif heic heif bmp tif tiff ico psd raw dng cr2 nef arw',
    // Sound and video.
    'mp3 m4a wav ogg oga opus flac aac aif aiff mid midi amr wma',
    'mp4 m4v mov avi mkv webm mpg mpeg wmv 3gp ogv flv srt vtt',
    // Archives. Disk images and packages run or mount something.
    'zip tar gz tgz bz2 tbz2 xz txz zst 7z rar lz lz4',
    // Text. HTML runs scripts; yaml, toml and ini are settings of programs.
    'txt text csv tsv json jsonl ndjson geojson xml md markdown rst log ics ifb vcf eml mbox diff patch sql gpx',
    // Signatures and keys.
    'asc sig p7s p7m pgp gpg',
  ].flatMap((line) => line.split(' ')),
);

/**
 * Whether a name may keep its ending. It is what stands behind the last dot, whatever stands before it and however the
 * name looks: that is what systems go by. A name without one opens nothing.
 */
export function keepsEnding(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return dot < 0 || KEPT.has(name.slice(dot + 1).toLowerCase());
}
