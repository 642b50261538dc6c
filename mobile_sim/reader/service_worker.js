// The reader's worker: keeps its files, so that the desk opens without a line.

importScripts("/pages/kit/kept_set.js");
