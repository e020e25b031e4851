using Nvdimm.Extensions;

namespace Nvdimm.Fuzzing.Shared;

/// <summary>What must hold.</summary>
internal static class Must
{
    /// <exception cref="FuzzFailureException">It does not hold.</exception>
    public static void Hold(bool condition, string rule)
    {
        if (!condition)
        {
            throw new FuzzFailureException(rule);
        }
    }

    /// <summary>Every finding can be shown to people, with all that its text names.</summary>
    /// <exception cref="FuzzFailureException">One cannot.</exception>
    public static void BeReadable(IEnumerable<Finding> findings)
    {
        foreach (var finding in findings)
        {
            Hold(finding.Arguments.All(argument => argument.Value is not null), $"an argument of {finding.Code} is missing");
            Hold(finding.Message.Length > finding.Code.Length || finding.Message.Contains(' ', StringComparison.Ordinal), $"{finding.Code} has no text");
        }
    }
}
