"""The pages of this room: for officials; a phone's page is `field`."""
