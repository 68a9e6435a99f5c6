package io.stockhook.web.trial;

public record Note(String id, String text) {}
