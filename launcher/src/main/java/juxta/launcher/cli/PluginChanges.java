package juxta.launcher.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import juxta.api.UserException;
import juxta.launcher.fetch.Fetcher;
import juxta.launcher.fetch.Fetcher.Wanted;
import juxta.launcher.fetch.MavenRepositories;
import juxta.launcher.fetch.Source;
import juxta.launcher.plugins.Bundle;
import juxta.launcher.plugins.PluginInstaller;
import juxta.launcher.plugins.PluginInstaller.Proposal;
import juxta.launcher.plugins.PluginRegistry;

/** Installs, updates and removes plug-ins: shows first, asks, then does it. */
record PluginChanges(PluginRegistry registry, Terminal terminal, Home home, Arguments arguments) {
  private static final int MOST_MEGABYTES = 1024;
  private static final String RIGHTS = "A plug-in is a program that runs with your rights.";

  void install(String word) {
    Source source = Source.of(word);
    Consent consent = consent("plugins install");
    Wanted wanted = new Wanted(source, false, arguments.get("sha256"));
    try (PluginInstaller installer = open();
        Proposal proposal = installer.propose(wanted, fetcher())) {
      show(proposal);
      if (!consent.to(RIGHTS + " Trust and install it?")) {
        terminal.print("nothing was installed");
        return;
      }
      SortedMap<String, List<String>> ids = proposal.install();
      terminal.print("installed " + label(proposal.bundle(), ids));
    }
  }

  void update(List<String> names) {
    Consent consent = consent("plugins update");
    requireOneFor("to", names);
    requireOneFor("sha256", names);
    try (PluginInstaller installer = open()) {
      SortedMap<String, Source> known = installer.updatable();
      List<String> paths = new ArrayList<>();
      for (String name : names) {
        String path = installer.require(name);
        if (!known.containsKey(path)) {
          throw new UserException(
              "where "
                  + path
                  + " came from is not known, since 'juxta plugins install' did not bring it;"
                  + " remove it and install it from there");
        }
        paths.add(path);
      }
      if (names.isEmpty()) {
        paths.addAll(known.keySet());
      }
      if (paths.isEmpty()) {
        terminal.print("no plug-in was brought by 'juxta plugins install'");
      }
      List<String> problems = new ArrayList<>();
      for (String path : paths) {
        try {
          update(installer, path, known.get(path), consent);
        } catch (UserException e) { // the others may do better
          problems.addAll(e.problems());
        }
      }
      if (!problems.isEmpty()) {
        throw new UserException(problems);
      }
    }
  }

  private void update(PluginInstaller installer, String path, Source source, Consent consent) {
    Optional<String> to = arguments.get("to");
    if (to.isPresent() && source.kind() != Source.Kind.maven) {
      throw new UserException(
          path + ": came from " + source + ", which has no versions; leave --to out");
    }
    boolean newest = source.kind() == Source.Kind.maven && to.isEmpty();
    Wanted wanted = new Wanted(to.map(source::at).orElse(source), newest, arguments.get("sha256"));
    try (Proposal proposal = installer.update(path, wanted, fetcher())) {
      Bundle bundle = proposal.bundle();
      if (hashes(bundle).equals(proposal.former())) {
        terminal.print(bundle.name() + " " + bundle.version() + " is up to date");
        return;
      }
      show(proposal);
      if (!consent.to(RIGHTS + " Trust it in place of " + path + "?")) {
        terminal.print(bundle.name() + " stays as it was");
        return;
      }
      terminal.print("updated to " + label(bundle, proposal.install()));
    }
  }

  private static SortedMap<String, String> hashes(Bundle bundle) {
    return new TreeMap<>(
        bundle.files().stream().collect(Collectors.toMap(Bundle.File::path, Bundle.File::sha256)));
  }

  void remove(String name) {
    Consent consent = consent("plugins remove");
    try (PluginInstaller installer = open()) {
      String path = installer.require(name);
      installer.files(path).forEach(file -> terminal.print("removes " + file));
      terminal.print("Runs that were trained with it cannot be evaluated or resumed without it.");
      if (!consent.to("Remove " + path + "?")) {
        terminal.print("nothing was removed");
        return;
      }
      installer.remove(path);
      terminal.print("removed " + path);
    }
  }

  private void show(Proposal proposal) {
    proposal.formerLabel().ifPresent(label -> terminal.print("replaces  " + label));
    BundleText.lines(proposal.bundle(), proposal.former(), registry.api()).forEach(terminal::print);
  }

  private static String label(Bundle bundle, SortedMap<String, List<String>> ids) {
    return bundle.name()
        + " "
        + bundle.version()
        + (ids.isEmpty() ? "" : ": " + BundleText.services(ids));
  }

  private void requireOneFor(String option, List<String> names) {
    if (arguments.has(option) && names.size() != 1) {
      throw new UserException("juxta plugins update: --" + option + " is for one plug-in; name it");
    }
  }

  private Consent consent(String command) {
    Consent consent = Consent.ofProcess(terminal, arguments.has("yes"));
    consent.require(command);
    return consent;
  }

  private PluginInstaller open() {
    return PluginInstaller.open(home.plugins(), home.lock(), registry);
  }

  private Fetcher fetcher() {
    int megabytes = arguments.number("max-mb", MOST_MEGABYTES, "plugins");
    if (megabytes < 1) {
      throw new UserException("juxta plugins: --max-mb is at least 1, not " + megabytes);
    }
    return new Fetcher(
        home.cache(),
        MavenRepositories.ofProcess(),
        (long) megabytes << 20,
        (what, share) -> terminal.show(what + " " + Math.round(100 * share) + "%"));
  }
}
