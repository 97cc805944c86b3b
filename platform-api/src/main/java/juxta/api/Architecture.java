package juxta.api;

import java.util.Map;
import org.apiguardian.api.API;

/**
 * What an encoder is called in Python, so that its weights can be loaded there.
 *
 * @param timm the name of timm's model, as {@code resnet18}
 * @param arguments what timm's {@code create_model} is given besides, by name: numbers and texts
 * @param changes lines of Python that change {@code model} afterwards, with {@code torch} imported;
 *     empty where timm builds it as it is
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record Architecture(String timm, Map<String, Object> arguments, String changes) {}
