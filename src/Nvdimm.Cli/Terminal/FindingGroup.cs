using Nvdimm.Extensions;

namespace Nvdimm.Cli.Terminal;

/// <summary>Findings of several devices with the same text.</summary>
/// <param name="Severity">The severity of the findings.</param>
/// <param name="Text">Their text; for several devices it has DEVICE in place of their names.</param>
/// <param name="Source">The code, and the devices.</param>
internal sealed record FindingGroup(Severity Severity, string Text, string Source)
{
    private const string Device = "device";
    private const string Placeholder = "DEVICE";

    /// <summary>The groups, in the order of their first findings; the devices of a group by name.</summary>
    public static IEnumerable<FindingGroup> Of(IEnumerable<Finding> findings) => findings
        .Distinct()
        .GroupBy(finding => (
            finding.Code,
            finding.Severity,
            Others: finding.Arguments.Where(argument => argument.Name != Device).ToValueList(),
            HasDevice: finding[Device] is not null))
        .Select(group =>
        {
            var devices = group.Select(finding => finding[Device]).OfType<string>().Distinct(StringComparer.Ordinal)
                .Order(Extensions.Devices.DeviceNameComparer.Instance).ToList();
            var first = group.First();
            return devices.Count < 2
                ? new FindingGroup(first.Severity, first.Message, string.Join("  ", devices.Prepend(first.Code)))
                : new FindingGroup(first.Severity, Anonymous(first).Message, $"{first.Code}  {Placeholder}: {string.Join(", ", devices)}");
        });

    private static Finding Anonymous(Finding finding) => finding with
    {
        Arguments = finding.Arguments.Select(argument => argument.Name == Device ? new FindingArgument(Device, Placeholder) : argument)
            .ToValueList(),
    };
}
