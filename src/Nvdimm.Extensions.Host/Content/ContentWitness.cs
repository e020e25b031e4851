namespace Nvdimm.Extensions.Host.Content;

/// <summary>What the content of a device says to a layout. Pure: a survey and three figures in, findings out.</summary>
internal static class ContentWitness
{
    private const string None = "none";

    /// <summary>Says for each content whether the guest would get all of it.</summary>
    /// <param name="device">The device's name, for the findings.</param>
    /// <param name="survey">What it holds. One that could not be read says nothing here: the guard says that.</param>
    /// <param name="guestSize">What the guest would see: the first so many bytes of the device.</param>
    /// <param name="labelOffset">Where the guest's label area would begin.</param>
    /// <param name="labelSize">Its size; zero where there would be none.</param>
    /// <returns>
    /// For each content one of: <see cref="NvdimmCodes.ContentFound"/> (a warning: it fits), <see cref="NvdimmCodes.ContentCut"/>,
    /// <see cref="NvdimmCodes.ContentNotAtEnd"/>, <see cref="NvdimmCodes.ContentSizeUnknown"/>, <see cref="NvdimmCodes.ContentDamaged"/>
    /// (errors); or <see cref="NvdimmCodes.ContentUnknown"/> (a warning) where there are bytes of no known format.
    /// </returns>
    public static ValueList<Finding> Hear(string device, ContentSurvey survey, ByteSize guestSize, ByteSize labelOffset, ByteSize labelSize)
    {
        var usable = labelSize > ByteSize.Zero && labelOffset < guestSize ? labelOffset : guestSize;
        return !survey.IsReadable || survey.IsBlank ? []
            : survey.Found.Count == 0 ? [Finding.Warning(NvdimmCodes.ContentUnknown, ("device", device), ("guest", $"{usable.Bytes}"))]
            : survey.Found.Select(content => Judge(device, content, usable)).Distinct().ToValueList();
    }

    private static Finding Judge(string device, FoundContent content, ByteSize usable)
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
                NvdimmCodes.ContentCut, ("device", device), ("type", type), ("label", label), ("uuid", uuid), ("end", $"{end.Bytes}"), ("guest", guest)),
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
