using Nvdimm.DevEngine.Wire;

namespace Nvdimm.DevEngine.Fields;

/// <summary>
/// The fields of a resource. Every field of the API's model is in the table, so that nothing that a client sends is dropped silently: it is
/// read, stored, ignored as the real engine does, or refused. A field outside the model is refused, too.
/// </summary>
/// <param name="root">The name of the resource's XML element.</param>
/// <param name="entity">The name of the resource in messages.</param>
/// <param name="rules">The rules, one for each field.</param>
internal sealed class FieldTable(string root, string entity, IReadOnlyList<FieldRule> rules)
{
    /// <summary>The fields that most entities have; inside a field that contains others the engine ignores them.</summary>
    private static readonly string[] OfAnyEntity = ["id", "href", "rel", "name", "description", "comment"];

    private readonly Dictionary<string, FieldRule> byPath = rules.ToDictionary(rule => rule.Path, StringComparer.Ordinal);

    /// <summary>The fields.</summary>
    public IReadOnlyList<FieldRule> Rules { get; } = rules;

    /// <summary>A table whose fields are not stored.</summary>
    /// <param name="root">The name of the resource's XML element.</param>
    /// <param name="entity">The name of the resource in messages.</param>
    /// <param name="read">The fields that the resource reads itself, separated by spaces.</param>
    /// <param name="ignored">The fields that the real engine ignores.</param>
    /// <param name="refused">The fields that the real engine serves and this one does not.</param>
    public static FieldTable Of(string root, string entity, string read, string ignored, string refused = "") => new(
        root, entity, [.. Rows(read, FieldUse.Read), .. Rows(ignored, FieldUse.Ignored), .. Rows(refused, FieldUse.Refused)]);

    /// <summary>Rules for the fields in a text, separated by spaces.</summary>
    public static IEnumerable<FieldRule> Rows(string paths, FieldUse use) =>
        paths.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(path => new FieldRule(path, use));

    /// <summary>The rule for a field: its own, or that of a field around it; null if there is none.</summary>
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

    /// <summary>Whether the table has rules for fields inside a field.</summary>
    public bool HasInside(string path) => Rules.Any(rule => rule.Path.StartsWith($"{path}.", StringComparison.Ordinal));

    /// <summary>Whether a field is known: by a rule, or as a name that every nested entity has.</summary>
    public bool Knows(string path) => RuleOf(path) is not null || HasInside(path)
        || (path.LastIndexOf('.') is > 0 and var end && HasInside(path[..end])
            && OfAnyEntity.Contains(path[(end + 1)..], StringComparer.Ordinal));

    /// <summary>Refuses another entity, fields that are not served, and fields outside the model.</summary>
    /// <exception cref="ApiFaultException">
    /// It is another entity, or a field is refused or has a value that the engine does not accept.
    /// </exception>
    public void Require(ApiInput input)
    {
        // JSON does not name the root entity.
        if (input.Name.Length > 0 && input.Name != root)
        {
            throw ApiFaultException.Unreadable($"The body is a '{input.Name}', not a '{root}'.");
        }

        Kept(ApiInput.Nothing, input);
    }

    /// <summary>The stored fields after a request: those from before, with those of the request in their place.</summary>
    /// <exception cref="ApiFaultException">A field is refused, or has a value that the engine does not accept.</exception>
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
                    kept.RemoveAll(field => field.Name == part.Name);
                    if (rule.Check is not null || part.Parts.Count > 0)
                    {
                        kept.Add(WithoutSecrets(part));
                    }
                }
            }
            else if (HasInside(path))
            {
                var inside = kept.Find(field => field.Name == part.Name) ?? new ApiInput(part.Name, null, []);
                var changed = Kept(inside, part, path);
                kept.RemoveAll(field => field.Name == part.Name);
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

    /// <summary>Checks a field, and returns whether it is stored.</summary>
    private bool Checked(FieldRule rule, ApiInput part)
    {
        if (rule.Use == FieldUse.Refused && (part.Parts.Count > 0 || part.Value is { Length: > 0 }))
        {
            throw ApiFaultException.BadValue($"This development engine does not serve the field '{rule.Path}' of {entity}.");
        }

        if (rule is { Use: FieldUse.Kept, Check: { } check }
            && (part.Value is { } text ? check(text) : "is no single value") is { } problem)
        {
            throw ApiFaultException.BadValue($"The field '{rule.Path}' of {entity} {problem}.");
        }

        return rule.Use == FieldUse.Kept;
    }

    /// <summary>Removes passwords: nothing in this engine uses them, so they are not stored.</summary>
    private static ApiInput WithoutSecrets(ApiInput part) => part with
    {
        Parts = [.. part.Parts.Where(inside => !inside.Name.Contains("password", StringComparison.Ordinal)).Select(WithoutSecrets)],
    };
}
