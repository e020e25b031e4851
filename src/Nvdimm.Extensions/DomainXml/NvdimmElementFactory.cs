using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Nvdimm.Extensions.Devices;
using Nvdimm.Extensions.Sizing;

namespace Nvdimm.Extensions.DomainXml;

/// <summary>Creates an element from a device and its layout.</summary>
internal static partial class NvdimmElementFactory
{
    private const string AliasPrefix = "ua-";

    public static NvdimmElementResult Create(NvdimmDevice device, in SizingResult sized, int guestNode, string? alias)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentOutOfRangeException.ThrowIfNegative(guestNode);
        if (alias is not null && !UserAlias.IsMatch(alias))
        {
            throw new ArgumentException(
                $"libvirt keeps only an alias of ua- and letters, digits, hyphens, underscores or dots, not '{alias}'", nameof(alias));
        }

        var architecture = sized.Request.Architecture;
        List<Finding> findings = [.. sized.Findings, .. Refusals(device, sized.Request)];
        if (findings.Exists(finding => finding.Severity == Severity.Error) || sized.Layout is not { } layout)
        {
            return new NvdimmElementResult(null, findings.ToValueList());
        }

        var element = new NvdimmElement(device.Path!, layout.TargetSize)
        {
            AlignSize = layout.LeavesAlignToQemu ? null : layout.AlignSize.Size,
            LabelSize = layout.Request.LabelSize,
            GuestNode = guestNode,
            Uuid = architecture.Supported.HasUuid ? GuestUuid.For(device.Uuid!.Value) : null,
            Alias = alias ?? AliasPrefix + (IdentityOf(device) ?? GuestUuid.OfName(device.Path!)).ToString("D"),
            Access = NvdimmAccess.Shared,
            IsPmem = true,
            Architecture = architecture,
        };
        return new NvdimmElementResult(element, findings.ToValueList());
    }

    private static string KindOf(bool isDevdax) => isDevdax ? "dax device" : "block device or file";

    private static IEnumerable<Finding> Refusals(NvdimmDevice device, SizingRequest request)
    {
        if (device.Size is { } size && (size != request.DeviceSize || device.IsDevdax != request.IsDevdax))
        {
            yield return Finding.Error(
                NvdimmCodes.LayoutOfOtherDevice,
                ("device", device.Name),
                ("kind", KindOf(device.IsDevdax)),
                ("size", $"{size.Bytes}"),
                ("layoutKind", KindOf(request.IsDevdax)),
                ("layoutSize", $"{request.DeviceSize.Bytes}"));
        }

        if (!device.IsUsable)
        {
            var errors = device.Findings.Where(finding => finding.Severity == Severity.Error).ToValueList();
            yield return Finding.Error(
                NvdimmCodes.Unusable,
                ("device", device.Name),
                ("codes", Reasons.Codes(errors)),
                ("reasons", Reasons.Texts(errors)));
        }

        if (!IsWritable(device.Path))
        {
            yield return Finding.Error(NvdimmCodes.NoDevicePath, ("device", device.Name));
        }

        if (request.Architecture.Family is { HasUuid: true } && IdentityOf(device) is null)
        {
            yield return Finding.Error(NvdimmCodes.NoStableGuestUuid, ("device", device.Name));
        }
    }

    /// <summary>The device's UUID; null for an all-zero UUID, which identifies nothing.</summary>
    private static Guid? IdentityOf(NvdimmDevice device) => device.Uuid == Guid.Empty ? null : device.Uuid;

    /// <summary>Whether libvirt's schema accepts the path, and XML can contain it.</summary>
    private static bool IsWritable(string? path) =>
        path is ['/', _, ..]
        && path.EnumerateRunes().All(rune =>
            rune.Value is >= 0x20 and not (0xFFFD or 0xFFFE or 0xFFFF or (>= 0x7F and < 0xA0)));

    // libvirt v9.0.0 src/conf/schemas/domaincommon.rng, aliasName; src/conf/domain_conf.h, USER_ALIAS_PREFIX.
    [GeneratedRegex(@"\Aua-[A-Za-z0-9_.-]+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserAlias { get; }
}

/// <summary>An element, or the reasons for a refusal.</summary>
/// <param name="Element">The element; null if it is refused.</param>
/// <param name="Findings">Every reason for a refusal; with an element only warnings.</param>
public sealed record NvdimmElementResult(NvdimmElement? Element, ValueList<Finding> Findings)
{
    /// <summary>Whether the element is refused. Then <see cref="Element"/> is null.</summary>
    [MemberNotNullWhen(false, nameof(Element))]
    public bool IsRefused => Element is null;
}
