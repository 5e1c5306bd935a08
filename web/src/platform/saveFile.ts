/** Hands a file that came through the API to the browser's downloads. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Revoked at once, some browsers lose the download.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
