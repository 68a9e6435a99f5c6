package io.stockhook.web.trial;

record Note(String id, String text) {}
