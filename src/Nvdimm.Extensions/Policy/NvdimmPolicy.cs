using Nvdimm.Extensions.Policy.Rules;

namespace Nvdimm.Extensions.Policy;

/// <summary>All rules, in the engine's order of checks, our own after it.</summary>
public static class NvdimmPolicy
{
    /// <summary>The rules.</summary>
    public static ValueList<NvdimmRule> Rules { get; } =
    [
        new DeviceMustBeSpecifiedRule(),
        new VmNotFoundRule(),
        new SizeRefusedRule(),
    ];

    /// <summary>Asks every rule of the operation and returns all that they say.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    public static PolicyVerdict Evaluate(PolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var context = new PolicyContext(request);
        return new PolicyVerdict(Rules
            .Where(rule => rule.Operations.Contains(request.Operation))
            .SelectMany(rule => rule.Check(context))
            .ToValueList());
    }
}
