// Opened from a disk, a link to a folder would show the files in it. A server
// would send its page.

if (location.protocol === "file:") {
  for (const link of document.links) {
    if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }
}
