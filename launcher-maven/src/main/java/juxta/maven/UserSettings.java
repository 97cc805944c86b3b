package juxta.maven;

import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Repository;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.apache.maven.settings.crypto.DefaultSettingsDecrypter;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.eclipse.aether.repository.AuthenticationSelector;
import org.eclipse.aether.repository.MirrorSelector;
import org.eclipse.aether.repository.ProxySelector;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.ConservativeAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;
import org.sonatype.plexus.components.cipher.DefaultPlexusCipher;
import org.sonatype.plexus.components.sec.dispatcher.DefaultSecDispatcher;

/** What a user's {@code settings.xml} says, passwords decrypted, as Maven itself would read it. */
final class UserSettings {
  private static final String CENTRAL = "https://repo.maven.apache.org/maven2";

  private final Settings settings;
  private final SettingsDecryptionResult secrets;
  private final List<Profile> active;

  private UserSettings(Settings settings, SettingsDecryptionResult secrets, List<Profile> active) {
    this.settings = settings;
    this.secrets = secrets;
    this.active = active;
  }

  /** The settings cannot be used. */
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1L;

    Unusable(String message, Exception cause) {
      super(message, cause);
    }
  }

  static UserSettings read(File file) throws Unusable {
    Properties environment = new Properties();
    System.getenv().forEach((name, value) -> environment.setProperty("env." + name, value));
    environment.putAll(System.getProperties());
    DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
    request.setUserSettingsFile(file).setSystemProperties(environment);
    Optional.ofNullable(System.getenv("MAVEN_HOME"))
        .map(home -> new File(home, "conf/settings.xml"))
        .ifPresent(request::setGlobalSettingsFile);
    try {
      Settings settings =
          new DefaultSettingsBuilderFactory().newInstance().build(request).getEffectiveSettings();
      DefaultSecDispatcher dispatcher =
          new DefaultSecDispatcher(
              new DefaultPlexusCipher(), Map.of(), "~/.m2/settings-security.xml");
      return new UserSettings(
          settings,
          new DefaultSettingsDecrypter(dispatcher)
              .decrypt(new DefaultSettingsDecryptionRequest(settings)),
          ActiveProfiles.of(settings, environment));
    } catch (SettingsBuildingException | ActiveProfiles.Unclear e) {
      throw new Unusable(file + ": " + Reason.line(e.getMessage()) + "; correct the file", e);
    }
  }

  File localRepository() {
    return Optional.ofNullable(System.getProperty("maven.repo.local"))
        .or(() -> Optional.ofNullable(settings.getLocalRepository()))
        .map(File::new)
        .orElseGet(() -> new File(System.getProperty("user.home"), ".m2/repository"));
  }

  boolean isOffline() {
    return settings.isOffline();
  }

  /** Those of the active profiles, then Maven Central. */
  List<RemoteRepository> repositories() {
    Map<String, RemoteRepository> all = new LinkedHashMap<>();
    for (Profile profile : active) {
      for (Repository one : profile.getRepositories()) {
        String layout = Optional.ofNullable(one.getLayout()).orElse("default");
        all.put(
            one.getId(),
            new RemoteRepository.Builder(one.getId(), layout, one.getUrl())
                .setReleasePolicy(policy(one.getReleases()))
                .setSnapshotPolicy(policy(one.getSnapshots()))
                .build());
      }
    }
    all.putIfAbsent(
        "central",
        new RemoteRepository.Builder("central", "default", CENTRAL)
            .setSnapshotPolicy(new RepositoryPolicy(false, "", ""))
            .build());
    return List.copyOf(all.values());
  }

  private static RepositoryPolicy policy(org.apache.maven.settings.RepositoryPolicy said) {
    return new RepositoryPolicy(
        said == null || said.isEnabled(),
        RepositoryPolicy.UPDATE_POLICY_ALWAYS,
        RepositoryPolicy.CHECKSUM_POLICY_FAIL);
  }

  MirrorSelector mirrors() {
    DefaultMirrorSelector selector = new DefaultMirrorSelector();
    for (Mirror mirror : settings.getMirrors()) {
      selector.add(
          mirror.getId(),
          mirror.getUrl(),
          mirror.getLayout(),
          false,
          mirror.isBlocked(),
          mirror.getMirrorOf(),
          mirror.getMirrorOfLayouts());
    }
    // as Maven itself since 3.8.1: nothing comes over the open network in the clear
    selector.add(
        "maven-default-http-blocker",
        "http://0.0.0.0/",
        "default",
        false,
        true,
        "external:http:*",
        "default");
    return selector;
  }

  ProxySelector proxies() {
    DefaultProxySelector selector = new DefaultProxySelector();
    List<Proxy> proxies = new ArrayList<>(secrets.getProxies());
    proxies.stream()
        .filter(Proxy::isActive)
        .forEach(
            proxy ->
                selector.add(
                    new org.eclipse.aether.repository.Proxy(
                        proxy.getProtocol(),
                        proxy.getHost(),
                        proxy.getPort(),
                        new AuthenticationBuilder()
                            .addUsername(proxy.getUsername())
                            .addPassword(proxy.getPassword())
                            .build()),
                    proxy.getNonProxyHosts()));
    return selector;
  }

  AuthenticationSelector authentication() {
    DefaultAuthenticationSelector selector = new DefaultAuthenticationSelector();
    for (Server server : secrets.getServers()) {
      selector.add(
          server.getId(),
          new AuthenticationBuilder()
              .addUsername(server.getUsername())
              .addPassword(server.getPassword())
              .addPrivateKey(server.getPrivateKey(), server.getPassphrase())
              .build());
    }
    return new ConservativeAuthenticationSelector(selector);
  }

  /** The headers that servers ask for, as those of GitLab do. */
  Map<String, Object> configuration() {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Server server : secrets.getServers()) {
      if (server.getConfiguration() instanceof Xpp3Dom said
          && said.getChild("httpHeaders") != null) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Xpp3Dom header : said.getChild("httpHeaders").getChildren()) {
          if (header.getChild("name") != null && header.getChild("value") != null) {
            headers.put(header.getChild("name").getValue(), header.getChild("value").getValue());
          }
        }
        properties.put("aether.transport.http.headers." + server.getId(), headers);
      }
    }
    return properties;
  }
}
