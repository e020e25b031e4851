using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Fields;

/// <summary>
/// The fields of a resource. Every field that the API's model has is in it, so that nothing that a client sends is dropped in silence: it is read,
/// kept, ignored as the real engine does, or refused. What the model does not have is refused, too.
/// </summary>
/// <param name="root">The name of its XML element.</param>
/// <param name="entity">The resource, for people.</param>
/// <param name="rules">The fields, each once.</param>
internal sealed class FieldTable(string root, string entity, IReadOnlyList<FieldRule> rules)
{
    /// <summary>What most entities have, and what the engine ignores inside of a field that has others.</summary>
    private static readonly string[] OfAnyEntity = ["id", "href", "rel", "name", "description", "comment"];

    private readonly Dictionary<string, FieldRule> byPath = rules.ToDictionary(rule => rule.Path, StringComparer.Ordinal);

    /// <summary>The fields.</summary>
    public IReadOnlyList<FieldRule> Rules { get; } = rules;

    /// <summary>A table of fields none of which is kept.</summary>
    /// <param name="root">The name of its XML element.</param>
    /// <param name="entity">The resource, for people.</param>
    /// <param name="read">What the resource reads itself, with spaces between.</param>
    /// <param name="ignored">What the real engine ignores.</param>
    /// <param name="refused">What the real engine does something with, and this one does not.</param>
    public static FieldTable Of(string root, string entity, string read, string ignored, string refused = "") => new(
        root, entity, [.. Rows(read, FieldUse.Read), .. Rows(ignored, FieldUse.Ignored), .. Rows(refused, FieldUse.Refused)]);

    /// <summary>Rules for the fields of a text with spaces between.</summary>
    public static IEnumerable<FieldRule> Rows(string paths, FieldUse use) =>
        paths.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(path => new FieldRule(path, use));

    /// <summary>The rule that a field falls under: its own, or that of one around it; null where there is none.</summary>
    public FieldRule? RuleOf(string path)
    {
        for (var end = path.Length; end > 0; end = path.LastIndexOf('.', end - 1))
        {
            if (byPath.TryGetValue(path[..end], out var rule))
            {
                return rule;
            }
        }

        return null;
    }

    /// <summary>Whether fields with rules are inside of a field.</summary>
    public bool HasInside(string path) => Rules.Any(rule => rule.Path.StartsWith($"{path}.", StringComparison.Ordinal));

    /// <summary>Whether a field is known: by a rule, or as a name that any entity inside of another has.</summary>
    public bool Knows(string path) => RuleOf(path) is not null || HasInside(path)
        || (path.LastIndexOf('.') is > 0 and var end && HasInside(path[..end]) && OfAnyEntity.Contains(path[(end + 1)..], StringComparer.Ordinal));

    /// <summary>Refuses another entity, what is not served and what the model does not have.</summary>
    /// <exception cref="ApiFaultException">It is another entity, a field is refused, or has a value that the engine does not take.</exception>
    public void Require(ApiInput input)
    {
        // JSON has no name for what a request is.
        if (input.Name.Length > 0 && input.Name != root)
        {
            throw ApiFaultException.Unreadable($"The body is a '{input.Name}', not a '{root}'.");
        }

        Kept(ApiInput.Nothing, input);
    }

    /// <summary>What is kept after a request: what was, with what the request says in its place.</summary>
    /// <exception cref="ApiFaultException">A field is refused, or has a value that the engine does not take.</exception>
    public ApiInput Kept(ApiInput before, ApiInput input) => Kept(before, input, "");

    private ApiInput Kept(ApiInput before, ApiInput input, string around)
    {
        var kept = before.Parts.ToList();
        foreach (var part in input.Parts)
        {
            var path = around.Length == 0 ? part.Name : $"{around}.{part.Name}";
            if (byPath.TryGetValue(path, out var rule))
            {
                if (Checked(rule, part))
                {
                    kept.RemoveAll(known => known.Name == part.Name);
                    if (rule.Check is not null || part.Parts.Count > 0)
                    {
                        kept.Add(WithoutSecrets(part));
                    }
                }
            }
            else if (HasInside(path))
            {
                var inside = kept.Find(known => known.Name == part.Name) ?? new ApiInput(part.Name, null, []);
                var changed = Kept(inside, part, path);
                kept.RemoveAll(known => known.Name == part.Name);
                if (changed.Parts.Count > 0)
                {
                    kept.Add(changed);
                }
            }
            else if (!Knows(path))
            {
                throw ApiFaultException.BadValue($"{entity} has no field '{path}'. A real engine would ignore it.");
            }
        }

        return before with { Parts = kept };
    }

    /// <summary>Whether a field is to be kept.</summary>
    private bool Checked(FieldRule rule, ApiInput part)
    {
        if (rule.Use == FieldUse.Refused && (part.Parts.Count > 0 || part.Value is { Length: > 0 }))
        {
            throw ApiFaultException.BadValue($"This development engine does not serve the field '{rule.Path}' of {entity}.");
        }

        if (rule is { Use: FieldUse.Kept, Check: { } check } && (part.Value is { } text ? check(text) : "is no single value") is { } problem)
        {
            throw ApiFaultException.BadValue($"The field '{rule.Path}' of {entity} {problem}.");
        }

        return rule.Use == FieldUse.Kept;
    }

    /// <summary>Passwords are used and not kept; nothing of this engine uses any.</summary>
    private static ApiInput WithoutSecrets(ApiInput part) => part with
    {
        Parts = [.. part.Parts.Where(inside => !inside.Name.Contains("password", StringComparison.Ordinal)).Select(WithoutSecrets)],
    };
}
