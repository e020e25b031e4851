namespace Nvdimm.Extensions.Host.Layouts;

/// <summary>The text of a claim.</summary>
internal static class ClaimFormat
{
    public static byte[] Write(DeviceClaim claim) => RecordWriter.Write(json =>
    {
        json.WriteStartObject();
        json.WriteNumber("schemaVersion", LayoutRecord.SchemaVersion);
        json.WriteString("identity", claim.Identity.Key);
        json.WriteString("vmName", claim.Holder.VmName);
        json.WriteString("vmId", claim.Holder.VmId);
        json.WriteNumber("processId", claim.Holder.ProcessId);
        json.WriteNumber("processStart", claim.Holder.ProcessStart);
        json.WriteString("bootId", claim.Holder.BootId);
        json.WriteString("at", claim.At.ToString("O"));
        json.WriteEndObject();
    });

    /// <exception cref="RejectedJsonException">It is no claim.</exception>
    public static DeviceClaim Read(byte[] utf8) => JsonReading.Read(utf8, json =>
    {
        DeviceIdentity? identity = null;
        var (name, id, boot) = ("", (string?)null, "");
        var (process, start, at) = (0L, 0L, default(DateTimeOffset));
        json.Object(
            ("schemaVersion", () => RecordReader.Version(json)),
            ("identity", () => identity = DeviceIdentity.TryParse(json.Text(), out var read) ? read : throw json.Bad("the identity is none")),
            ("vmName", () => name = json.Text()),
            ("vmId", () => id = json.TextOrNull()),
            ("processId", () => process = json.Number(maximum: int.MaxValue)),
            ("processStart", () => start = json.Number()),
            ("bootId", () => boot = json.Text()),
            ("at", () => at = json.Time()));
        return new DeviceClaim(identity!, new ClaimHolder(name, id, (int)process, start, boot), at);
    });
}
