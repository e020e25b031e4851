namespace Nvdimm.Extensions.Host.Content;

/// <summary>Checks a layout by the content of the device. Pure: a survey and three figures in, findings out.</summary>
internal static class ContentWitness
{
    private const string None = "none";

    /// <summary>Reports for each content whether the guest would get all of it.</summary>
    /// <param name="device">The device's name, for the findings.</param>
    /// <param name="survey">The content of the device.</param>
    /// <param name="guestSize">The size that the guest would see, from the start of the device.</param>
    /// <param name="labelOffset">The offset of the guest's label area.</param>
    /// <param name="labelSize">The size of the label area; zero for none.</param>
    /// <returns>
    /// For each content one of: <see cref="NvdimmCodes.ContentFound"/> (a warning: it fits), <see cref="NvdimmCodes.ContentCut"/>,
    /// <see cref="NvdimmCodes.ContentNotAtEnd"/>, <see cref="NvdimmCodes.ContentSizeUnknown"/>, <see cref="NvdimmCodes.ContentDamaged"/>
    /// (errors). Or <see cref="NvdimmCodes.ContentUnknown"/> (a warning) if there are bytes of an unknown format, or
    /// <see cref="NvdimmCodes.LayoutUnreadable"/> (an error) if the device could not be read.
    /// </returns>
    public static ValueList<Finding> FindingsOf(
        string device, ContentSurvey survey, ByteSize guestSize, ByteSize labelOffset, ByteSize labelSize)
    {
        var usable = labelSize > ByteSize.Zero && labelOffset < guestSize ? labelOffset : guestSize;
        return survey.UnreadableReason is { } reason
                ? [Finding.Error(NvdimmCodes.LayoutUnreadable, ("device", device), ("path", survey.Path), ("reason", reason))]
            : survey.IsBlank ? []
            : survey.Found.Count == 0 ? [Finding.Warning(NvdimmCodes.ContentUnknown, ("device", device), ("guest", $"{usable.Bytes}"))]
            : survey.Found.Select(content => Check(device, content, usable)).Distinct().ToValueList();
    }

    private static Finding Check(string device, FoundContent content, ByteSize usable)
    {
        var guest = $"{usable.Bytes}";
        var (type, label, uuid) = (content.Type, content.Label ?? None, content.Uuid ?? None);
        return content switch
        {
            { IsDamaged: true } => Finding.Error(
                NvdimmCodes.ContentDamaged, ("device", device), ("type", type), ("damage", Word(content.Damage)), ("guest", guest)),
            { End: null } => Finding.Error(
                NvdimmCodes.ContentSizeUnknown, ("device", device), ("type", type), ("label", label), ("uuid", uuid), ("guest", guest)),
            { End: { } end } when end > usable => Finding.Error(
                NvdimmCodes.ContentCut, ("device", device), ("type", type), ("label", label), ("uuid", uuid), ("end", $"{end.Bytes}"),
                ("guest", guest)),
            { End: { } end, LargestFit: { } largest } when usable > largest => Finding.Error(
                NvdimmCodes.ContentNotAtEnd,
                ("device", device),
                ("type", type),
                ("label", label),
                ("uuid", uuid),
                ("end", $"{end.Bytes}"),
                ("largest", $"{largest.Bytes}"),
                ("guest", guest)),
            { End: { } end } => Finding.Warning(
                NvdimmCodes.ContentFound, ("device", device), ("type", type), ("label", label), ("uuid", uuid), ("end", $"{end.Bytes}")),
        };
    }

    private static string Word(ContentDamage damage) => damage switch
    {
        ContentDamage.Checksum => "checksum",
        ContentDamage.Truncated => "truncated",
        _ => "fields",
    };
}
