// Starts the page and its worker.
