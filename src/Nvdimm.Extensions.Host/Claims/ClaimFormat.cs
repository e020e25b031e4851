using System.Globalization;
using Nvdimm.Extensions.Host.Ledger;

namespace Nvdimm.Extensions.Host.Claims;

/// <summary>The text of a claim: one line for each part. The VM's name and id come from outside, so their line ends are escaped.</summary>
internal static class ClaimFormat
{
    private const string FirstLine = "nvdimm claim 1";

    public static string Write(DeviceClaim claim) => string.Join(
        '\n',
        FirstLine,
        claim.Identity.Key,
        claim.Holder.ProcessId.ToString(CultureInfo.InvariantCulture),
        claim.Holder.ProcessStart.ToString(CultureInfo.InvariantCulture),
        claim.Holder.BootId,
        claim.At.ToString("O", CultureInfo.InvariantCulture),
        claim.Holder.VmId is { } id ? $"id {Uri.EscapeDataString(id)}" : "no id",
        Uri.EscapeDataString(claim.Holder.VmName));

    /// <summary>Parses a claim; null if the text is not a claim.</summary>
    public static DeviceClaim? Read(string text) =>
        text.Split('\n') is [FirstLine, var key, var process, var start, var boot, var at, var id, var name]
        && DeviceIdentity.TryParse(key, out var identity)
        && int.TryParse(process, NumberStyles.None, CultureInfo.InvariantCulture, out var processId)
        && long.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var processStart)
        && DateTimeOffset.TryParseExact(at, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var when)
        && (id == "no id" || id.StartsWith("id ", StringComparison.Ordinal))
            ? new DeviceClaim(
                identity,
                new ClaimHolder
                {
                    VmName = Uri.UnescapeDataString(name),
                    VmId = id == "no id" ? null : Uri.UnescapeDataString(id[3..]),
                    ProcessId = processId,
                    ProcessStart = processStart,
                    BootId = boot,
                },
                when)
            : null;
}

/// <summary>The symbolic link of a claim.</summary>
/// <param name="Path">The path of the link.</param>
/// <param name="Claim">The claim; null if the text is not a claim.</param>
/// <param name="Damage">The finding that the text is not a claim on the device; null if it is one.</param>
internal sealed record ClaimLink(string Path, DeviceClaim? Claim, Finding? Damage);
